package dev.ingot.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.TestAbortedException;

class ToolsTest {

    private static final String PROPERTY = "ingot.test.tools";

    private String original;

    @BeforeEach
    void clear() {
        original = System.clearProperty(PROPERTY);
    }

    @AfterEach
    void restore() {
        if (original != null) {
            System.setProperty(PROPERTY, original);
        } else {
            System.clearProperty(PROPERTY);
        }
    }

    @Test
    void skipsATestWithoutItsTool() {
        Tools.assumeInstalled("sh");

        assertThrows(TestAbortedException.class, () -> Tools.assumeInstalled("no-such-tool"));
    }

    @Test
    void failsIfToolsAreRequired() {
        System.setProperty(PROPERTY, "required");
        Tools.assumeInstalled("sh");

        AssertionFailedError failure =
                assertThrows(AssertionFailedError.class, () -> Tools.assumeInstalled("no-such-tool"));
        assertEquals("no-such-tool is not installed ==> expected: <true> but was: <false>", failure.getMessage());
    }
}
