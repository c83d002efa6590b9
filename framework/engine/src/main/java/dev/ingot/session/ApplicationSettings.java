package dev.ingot.session;

import dev.ingot.config.Project;
import dev.ingot.config.SparkSettings;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;

/**
 * The settings of a Spark application.
 *
 * @param given those that it has already, which take precedence
 * @param added those that Ingot adds; a list in {@code given} that needs more entries is repeated here with them
 */
record ApplicationSettings(Map<String, String> given, Map<String, String> added) {

    /**
     * The regular expressions by which Spark redacts what it shows: the values of settings and options with such names,
     * and in query plans the value after such a word, or user and password in a URL. They include Spark's own defaults,
     * which a setting replaces.
     */
    private static final Map<String, String> REDACTION = Map.of(
            "spark.redaction.regex",
            "(?i)secret|password|passwd|pwd|token|credential|access[.]?key|account[.]?key|connectionstring"
                    + "|(^|[._-])sas([._-]|$)",
            "spark.sql.redaction.options.regex",
            "(?i)url|secret|password|passwd|pwd|token|credential|access[.]?key|account[.]?key|connectionstring",
            "spark.sql.redaction.string.regex",
            "(?i)\\b(password|passwd|pwd|secret|token|sig|signature|accountkey|sharedaccesskey)=[^\\s&;,)\\]]+"
                    + "|(?<=://)[^\\s/@:]+:[^\\s/@]+(?=@)");

    /** Classes that Spark starts in every JVM of an application. */
    static final String PLUGINS = "spark.plugins";

    private static final String EXTENSIONS = "spark.sql.extensions";

    ApplicationSettings {
        given = Collections.unmodifiableMap(new LinkedHashMap<>(given));
        added = Collections.unmodifiableMap(new LinkedHashMap<>(added));
    }

    /** Merges the settings of a project's environment into the given ones. */
    static ApplicationSettings merge(Map<String, String> given, Project project) {
        Map<String, String> added =
                new LinkedHashMap<>(given.containsKey("spark.master") ? Map.of() : LocalDefaults.SETTINGS);
        added.put("spark.sql.warehouse.dir", project.lake() + "/_ingot/warehouse");
        added.putAll(StorageDefaults.SETTINGS);
        added.putAll(SessionSettings.APPLICATION);
        Map<String, String> declared = SparkSettings.additionalTo(given, project);
        added.keySet().removeAll(given.keySet());
        added.putAll(declared);
        String extensions = given.getOrDefault(EXTENSIONS, declared.get(EXTENSIONS));
        added.put(EXTENSIONS, SparkSettings.and(extensions, SessionSettings.APPLICATION.get(EXTENSIONS)));
        if (SparkSettings.containSecretReferences(given) || SparkSettings.containSecretReferences(declared)) {
            String plugins = given.getOrDefault(PLUGINS, declared.get(PLUGINS));
            added.put(PLUGINS, SparkSettings.and(plugins, RedactedOutput.class.getName()));
        }
        REDACTION.forEach((name, required) ->
                added.put(name, alternatives(given.getOrDefault(name, declared.get(name)), required)));
        return new ApplicationSettings(given, added);
    }

    private static String alternatives(String current, String required) {
        if (current == null || current.contains(required)) {
            return current == null ? required : current;
        }
        return current + "|" + required;
    }

    /** Returns Hadoop's part of all these settings. */
    Configuration hadoop() {
        Map<String, String> all = new LinkedHashMap<>(given);
        all.putAll(added);
        Configuration settings = new Configuration();
        all.forEach((name, value) -> {
            if (name.startsWith(SparkSettings.HADOOP)) {
                settings.set(name.substring(SparkSettings.HADOOP.length()), value);
            }
        });
        return settings;
    }
}
