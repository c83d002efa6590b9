package dev.ingot.config;

import dev.ingot.secrets.SecretText;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * An environment's Spark settings as they are given to Spark or to a platform: without any secret's value. A secret in
 * {@code spark.hadoop.<name>} becomes the reference {@code spark.hadoop.ingot.secret.<name>: scope/key}, and each scope
 * that is used is described by {@code spark.hadoop.ingot.scope.<scope>.<word>}; from these every JVM of the application
 * resolves the value when Hadoop asks for {@code <name>}.
 */
public final class SparkSettings {

    private static final String HADOOP = "spark.hadoop.";

    private SparkSettings() {}

    /** The settings by name, in the order of the file. */
    public static Map<String, String> of(Project project) {
        Map<String, String> settings = new LinkedHashMap<>();
        project.spark().forEach((name, value) -> {
            if (value instanceof SecretText.Hidden hidden) {
                settings.put(
                        HADOOP + "ingot.secret." + name.substring(HADOOP.length()),
                        hidden.ref().scope() + "/" + hidden.ref().key());
                describe(hidden.ref().scope(), project, settings);
            } else {
                settings.put(name, value.toString());
            }
        });
        return settings;
    }

    private static void describe(String name, Project project, Map<String, String> settings) {
        SecretScope scope = project.secrets().get(name);
        String prefix = HADOOP + "ingot.scope." + name + ".";
        settings.put(prefix + "provider", scope.provider().name().toLowerCase(Locale.ROOT));
        scope.path().ifPresent(path -> settings.put(prefix + "path", path));
    }
}
