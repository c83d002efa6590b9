package dev.ingot.deploy.airflow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PythonTextTest {

    @Test
    void escapesStrings() {
        assertEquals("\"plain\"", PythonText.of("plain"));
        assertEquals("\"a \\\"quoted\\\" C:\\\\path\"", PythonText.of("a \"quoted\" C:\\path"));
        assertEquals("\"two\\nlines\\x09and\\x00more\"", PythonText.of("two\nlines\tand\0more"));
        assertEquals("\"Zürich 東京\"", PythonText.of("Zürich 東京"));
    }

    @Test
    void keepsTheOrderOfListsAndMaps() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("b", 2);
        map.put("a", List.of("x", true, false));

        assertEquals("{\"b\": 2, \"a\": [\"x\", True, False]}", PythonText.of(map));
        assertThrows(IllegalArgumentException.class, () -> PythonText.of(1.5));
    }
}
