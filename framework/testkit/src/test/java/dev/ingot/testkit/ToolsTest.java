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

    private String given;

    @BeforeEach
    void clear() {
        given = System.clearProperty(PROPERTY);
    }

    @AfterEach
    void restore() {
        if (given != null) {
            System.setProperty(PROPERTY, given);
        } else {
            System.clearProperty(PROPERTY);
        }
    }

    @Test
    void withoutAToolATestIsSkipped() {
        Tools.assumeInstalled("sh");

        assertThrows(TestAbortedException.class, () -> Tools.assumeInstalled("no-such-tool"));
    }

    @Test
    void itFailsWhereToolsAreRequired() {
        System.setProperty(PROPERTY, "required");
        Tools.assumeInstalled("sh");

        AssertionFailedError failure =
                assertThrows(AssertionFailedError.class, () -> Tools.assumeInstalled("no-such-tool"));
        assertEquals("no-such-tool is not installed ==> expected: <true> but was: <false>", failure.getMessage());
    }
}
