package dev.ingot.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/** Reads additional Spark settings: those of the module under test, and those of this JVM. */
final class ExtraSettings {

    private static final String RESOURCE = "/testkit.properties";
    private static final String PREFIX = "spark.";

    private ExtraSettings() {}

    /** Returns the entries of {@code testkit.properties} in the root of the class path; none if the file is missing. */
    static Map<String, String> ofClassPath() {
        Properties found = new Properties();
        try (InputStream file = ExtraSettings.class.getResourceAsStream(RESOURCE)) {
            if (file != null) {
                found.load(file);
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException("Cannot read " + RESOURCE, unreadable);
        }
        return ofFile(found);
    }

    static Map<String, String> ofFile(Properties file) {
        Map<String, String> settings = texts(file);
        settings.keySet().forEach(ExtraSettings::requireSparkKey);
        return settings;
    }

    /** Returns the JVM's system properties for Spark, so that a build can run the same tests with other settings. */
    static Map<String, String> ofSystemProperties() {
        Map<String, String> settings = texts(System.getProperties());
        settings.keySet().removeIf(key -> !key.startsWith(PREFIX));
        return settings;
    }

    private static void requireSparkKey(String key) {
        if (!key.startsWith(PREFIX)) {
            throw new IllegalArgumentException("Cannot use " + RESOURCE + ": '" + key + "' is not a Spark setting");
        }
    }

    private static Map<String, String> texts(Properties properties) {
        Map<String, String> texts = new TreeMap<>();
        properties.stringPropertyNames().forEach(key -> texts.put(key, properties.getProperty(key)));
        return texts;
    }
}
