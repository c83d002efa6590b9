package dev.ingot.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/** Spark settings that this module does not know: those of the module under test, and those of one JVM. */
final class ExtraSettings {

    private static final String RESOURCE = "/testkit.properties";
    private static final String PREFIX = "spark.";

    private ExtraSettings() {}

    /** The entries of {@code testkit.properties} in the root of the class path; none if there is no such file. */
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

    /** The JVM's own properties that are Spark's, so that a build can run the same tests under other settings. */
    static Map<String, String> ofSystemProperties() {
        Map<String, String> settings = texts(System.getProperties());
        settings.keySet().removeIf(key -> !key.startsWith(PREFIX));
        return settings;
    }

    private static void requireSparkKey(String key) {
        if (!key.startsWith(PREFIX)) {
            throw new IllegalArgumentException(RESOURCE + " may hold Spark settings only, and this is none: " + key);
        }
    }

    private static Map<String, String> texts(Properties properties) {
        Map<String, String> texts = new TreeMap<>();
        properties.stringPropertyNames().forEach(key -> texts.put(key, properties.getProperty(key)));
        return texts;
    }
}
