package dev.ingot.config;

import dev.ingot.secrets.SecretText;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Converts an environment's Spark settings for Spark or a platform, without the value of any secret. A secret in
 * {@code spark.hadoop.<name>} becomes the reference {@code spark.hadoop.ingot.secret.<name>: scope/key}, and each used
 * scope is described by {@code spark.hadoop.ingot.scope.<scope>.<key>}. Hadoop's credential provider {@code ingot:///}
 * resolves the value from these on every JVM of the application.
 */
public final class SparkSettings {

    /** The prefix of settings that Spark passes to Hadoop. */
    public static final String HADOOP = "spark.hadoop.";

    /** The prefix, within Hadoop, of the setting's name; its value is the name of a secret. */
    public static final String REFERENCE = "ingot.secret.";

    /** The prefix, within Hadoop, of {@code <scope>.<key>}: where the secrets of the scope are stored. */
    public static final String SCOPE = "ingot.scope.";

    /**
     * The provider's address. It has no host, so that Hadoop does not map it to a file system: a file system excludes
     * the providers that are stored on it.
     */
    public static final String PROVIDER = "ingot:///";

    /** Matches the settings of Hadoop's drivers whose values are secrets, by suffix or part of the name. */
    private static final Pattern LOOKS_SECRET = Pattern.compile(
            "(?i)([.](secret[.]key|session[.]token)$|password|client[.]secret|[.]account[.]key[.]|[.]sas[.])");

    private static final String PROVIDERS = HADOOP + "hadoop.security.credential.provider.path";

    private SparkSettings() {}

    /** Returns the settings by name, in the order of the file. */
    public static Map<String, String> of(Project project) {
        return additionalTo(Map.of(), project);
    }

    /**
     * Returns the settings to add to those that an application already has. Existing settings win and are not returned,
     * except the list of credential providers, which is returned with Ingot's provider appended.
     */
    public static Map<String, String> additionalTo(Map<String, String> existing, Project project) {
        Map<String, String> settings = new LinkedHashMap<>();
        project.spark().forEach((name, value) -> {
            if (value instanceof SecretText.Hidden hidden && !existing.containsKey(name)) {
                settings.put(
                        HADOOP + REFERENCE + name.substring(HADOOP.length()),
                        hidden.ref().text());
                describeScope(hidden.ref().scope(), project, settings);
            } else if (value instanceof SecretText.Plain plain) {
                settings.put(name, plain.text());
            }
        });
        boolean secrets = containSecretReferences(settings);
        String providers = existing.getOrDefault(PROVIDERS, settings.get(PROVIDERS));
        settings.keySet().removeAll(existing.keySet());
        if (secrets) {
            settings.put(PROVIDERS, and(providers, PROVIDER));
        }
        return settings;
    }

    /** Returns whether a setting in plain text is one that Hadoop's drivers use as a secret. */
    public static boolean looksLikeSecret(String name, SecretText.Plain plain) {
        return LOOKS_SECRET.matcher(name).find() && !plain.text().isBlank();
    }

    /** Returns whether settings contain a reference to a secret. */
    public static boolean containSecretReferences(Map<String, String> settings) {
        return settings.keySet().stream().anyMatch(name -> name.startsWith(HADOOP + REFERENCE));
    }

    /**
     * Adds an item to a comma-separated list, unless the list already contains it.
     *
     * @param list may be null or blank, which is an empty list
     */
    public static String and(String list, String item) {
        return list == null || list.isBlank()
                ? item
                : List.of(list.split("\\s*,\\s*")).contains(item) ? list : list + "," + item;
    }

    private static void describeScope(String name, Project project, Map<String, String> settings) {
        project.secrets()
                .get(name)
                .settings()
                .forEach((key, value) -> settings.put(HADOOP + SCOPE + name + "." + key, value));
    }
}
