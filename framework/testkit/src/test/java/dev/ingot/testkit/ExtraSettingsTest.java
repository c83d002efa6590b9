package dev.ingot.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class ExtraSettingsTest {

    @Test
    void acceptsOnlySparkSettingsInTheFile() {
        assertEquals(Map.of("spark.ingot.probe", "from the class path"), ExtraSettings.ofClassPath());

        Properties misspelt = new Properties();
        misspelt.setProperty("sprak.ui.enabled", "true");
        String message = assertThrows(IllegalArgumentException.class, () -> ExtraSettings.ofFile(misspelt))
                .getMessage();
        assertEquals("Cannot use /testkit.properties: 'sprak.ui.enabled' is not a Spark setting", message);
    }

    @Test
    void takesOnlySparkSettingsFromSystemProperties() {
        System.setProperty("spark.ingot.jvm", "from the command line");
        try {
            Map<String, String> settings = ExtraSettings.ofSystemProperties();
            assertEquals("from the command line", settings.get("spark.ingot.jvm"));
            assertFalse(settings.containsKey("java.version"));
        } finally {
            System.clearProperty("spark.ingot.jvm");
        }
    }
}
