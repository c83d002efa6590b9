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
 * @param given those that it has already, which nothing changes
 * @param added those that Ingot gives it; longer ones where {@code given} has a list that must hold more
 */
record ApplicationSettings(Map<String, String> given, Map<String, String> added) {

    /**
     * What Spark does not show, as regular expressions: settings and options of such names, and in the texts of plans what
     * follows such a word, or stands as user and password in an address. Spark's own expression is repeated, for setting
     * one replaces it.
     */
    private static final Map<String, String> HIDDEN = Map.of(
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

    /** The settings that a project's environment asks for, beside those that are given. */
    static ApplicationSettings beside(Map<String, String> given, Project project) {
        Map<String, String> added =
                new LinkedHashMap<>(given.containsKey("spark.master") ? Map.of() : LocalDefaults.SETTINGS);
        added.put("spark.sql.warehouse.dir", project.lake() + "/_ingot/warehouse");
        added.putAll(StorageDefaults.SETTINGS);
        added.putAll(SessionSettings.APPLICATION);
        Map<String, String> written = SparkSettings.beside(given, project);
        added.keySet().removeAll(given.keySet());
        added.putAll(written);
        String extensions = given.getOrDefault(EXTENSIONS, written.get(EXTENSIONS));
        added.put(EXTENSIONS, SparkSettings.and(extensions, SessionSettings.APPLICATION.get(EXTENSIONS)));
        if (SparkSettings.haveSecrets(given) || SparkSettings.haveSecrets(written)) {
            String plugins = given.getOrDefault(PLUGINS, written.get(PLUGINS));
            added.put(PLUGINS, SparkSettings.and(plugins, RedactedOutput.class.getName()));
        }
        HIDDEN.forEach((name, ours) -> added.put(name, or(given.getOrDefault(name, written.get(name)), ours)));
        return new ApplicationSettings(given, added);
    }

    private static String or(String theirs, String ours) {
        if (theirs == null || theirs.contains(ours)) {
            return theirs == null ? ours : theirs;
        }
        return theirs + "|" + ours;
    }

    /** What Hadoop is told of all this. */
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
