package dev.ingot.config;

import dev.ingot.secrets.SecretText;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * An environment's Spark settings as they are given to Spark or to a platform: without any secret's value. A secret in
 * {@code spark.hadoop.<name>} becomes the reference {@code spark.hadoop.ingot.secret.<name>: scope/key}, and each scope
 * that is used is described by {@code spark.hadoop.ingot.scope.<scope>.<word>}. Hadoop is told to ask the provider
 * {@code ingot:///}, which resolves the value from these on every JVM of the application.
 */
public final class SparkSettings {

    /** What the names of settings begin with that Spark hands to Hadoop. */
    public static final String HADOOP = "spark.hadoop.";

    /** Before a setting's name, within Hadoop: the name of the secret that is its value. */
    public static final String REFERENCE = "ingot.secret.";

    /** Before a scope's name, a dot and a word, within Hadoop: where the secrets of the scope are. */
    public static final String SCOPE = "ingot.scope.";

    /**
     * The provider's address. It has no host, so that no file system is looked for behind it: Hadoop takes providers out
     * for a file system that keeps them itself.
     */
    public static final String PROVIDER = "ingot:///";

    /** How the settings of Hadoop's drivers end, or what stands in them, whose values are secrets. */
    private static final Pattern LOOKS_SECRET = Pattern.compile(
            "(?i)([.](secret[.]key|session[.]token)$|password|client[.]secret|[.]account[.]key[.]|[.]sas[.])");

    private static final String PROVIDERS = HADOOP + "hadoop.security.credential.provider.path";

    private SparkSettings() {}

    /** The settings by name, in the order of the file. */
    public static Map<String, String> of(Project project) {
        return beside(Map.of(), project);
    }

    /**
     * The settings that are to be added to those that an application has already: what is there counts, and is not named
     * again. Only the list of credential providers is: it is the longer one then.
     */
    public static Map<String, String> beside(Map<String, String> given, Project project) {
        Map<String, String> settings = new LinkedHashMap<>();
        project.spark().forEach((name, value) -> {
            if (value instanceof SecretText.Hidden hidden && !given.containsKey(name)) {
                settings.put(
                        HADOOP + REFERENCE + name.substring(HADOOP.length()),
                        hidden.ref().written());
                describe(hidden.ref().scope(), project, settings);
            } else if (value instanceof SecretText.Plain plain) {
                settings.put(name, plain.text());
            }
        });
        boolean secrets = haveSecrets(settings);
        String providers = given.getOrDefault(PROVIDERS, settings.get(PROVIDERS));
        settings.keySet().removeAll(given.keySet());
        if (secrets) {
            settings.put(PROVIDERS, and(providers, PROVIDER));
        }
        return settings;
    }

    /** Whether a setting that stands in plain text is one that Hadoop's drivers take for a secret. */
    public static boolean looksSecret(String name, SecretText.Plain plain) {
        return LOOKS_SECRET.matcher(name).find() && !plain.text().isBlank();
    }

    /** Whether there are references to secrets among settings. */
    public static boolean haveSecrets(Map<String, String> settings) {
        return settings.keySet().stream().anyMatch(name -> name.startsWith(HADOOP + REFERENCE));
    }

    /**
     * A list of texts between commas with one more, which is there only once.
     *
     * @param list may be null: there is none yet
     */
    public static String and(String list, String one) {
        return list == null || list.isBlank()
                ? one
                : List.of(list.split("\\s*,\\s*")).contains(one) ? list : list + "," + one;
    }

    private static void describe(String name, Project project, Map<String, String> settings) {
        project.secrets()
                .get(name)
                .words()
                .forEach((word, value) -> settings.put(HADOOP + SCOPE + name + "." + word, value));
    }
}
