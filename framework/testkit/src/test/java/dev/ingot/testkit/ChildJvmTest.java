package dev.ingot.testkit;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChildJvmTest {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    @TempDir
    private Path folder;

    @Test
    void reportsTheOutputOfAFailedChild() throws InterruptedException {
        try (ChildJvm succeeding = child("0");
                ChildJvm failing = child("3")) {
            succeeding.requireSuccess(LIMIT);
            String message = assertThrows(AssertionError.class, () -> failing.requireSuccess(LIMIT))
                    .getMessage();
            assertTrue(message.contains("code 3") && message.contains("exiting with 3"), message);
        }
    }

    @Test
    void killsAHangingChild() throws InterruptedException {
        ChildJvm hanging = child("never");
        try (hanging) {
            assertThrows(AssertionError.class, () -> hanging.requireSuccess(Duration.ofMillis(1)));
        }
        hanging.process().waitFor();
        assertFalse(hanging.process().isAlive());
    }

    private ChildJvm child(String code) {
        return ChildJvm.start(folder.resolve(code), ExitingMain.class, code);
    }

    /** Exits with the given code, or never. */
    static final class ExitingMain {

        private ExitingMain() {}

        public static void main(String[] arguments) throws InterruptedException {
            System.out.println("exiting with " + arguments[0]);
            if (arguments[0].equals("never")) {
                Thread.sleep(Duration.ofHours(1).toMillis());
            }
            System.exit(Integer.parseInt(arguments[0]));
        }
    }
}
