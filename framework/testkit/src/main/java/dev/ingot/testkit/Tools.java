package dev.ingot.testkit;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * Checks for the external programs that some tests need. Without the program the test is skipped, or fails with
 * {@code -Dingot.test.tools=required}.
 */
public final class Tools {

    private static final Pattern SEPARATOR = Pattern.compile(Pattern.quote(File.pathSeparator));

    private Tools() {}

    /** Skips the test unless a program is on the PATH. */
    public static void assumeInstalled(String program) {
        assumeTool(
                SEPARATOR
                        .splitAsStream(System.getenv("PATH"))
                        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program))),
                program);
    }

    /** Skips the test unless a tool was found. */
    public static void assumeTool(boolean found, String name) {
        String reason = name + " is not installed";
        if ("required".equals(System.getProperty("ingot.test.tools"))) {
            assertTrue(found, reason);
        }
        assumeTrue(found, reason);
    }
}
