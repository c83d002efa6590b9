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
    void aChildThatFailsSaysWhatItPrinted() throws InterruptedException {
        try (ChildJvm well = child("0");
                ChildJvm badly = child("3")) {
            well.requireSuccess(LIMIT);
            String message = assertThrows(AssertionError.class, () -> badly.requireSuccess(LIMIT))
                    .getMessage();
            assertTrue(message.contains("code 3") && message.contains("leaving with 3"), message);
        }
    }

    @Test
    void aChildThatHangsIsKilled() throws InterruptedException {
        ChildJvm hanging = child("never");
        try (hanging) {
            assertThrows(AssertionError.class, () -> hanging.requireSuccess(Duration.ofMillis(1)));
        }
        hanging.process().waitFor();
        assertFalse(hanging.process().isAlive());
    }

    private ChildJvm child(String code) {
        return ChildJvm.start(folder.resolve(code), Leaver.class, code);
    }

    /** Ends with the code it is given, or not at all. */
    static final class Leaver {

        private Leaver() {}

        public static void main(String[] arguments) throws InterruptedException {
            System.out.println("leaving with " + arguments[0]);
            if (arguments[0].equals("never")) {
                Thread.sleep(Duration.ofHours(1).toMillis());
            }
            System.exit(Integer.parseInt(arguments[0]));
        }
    }
}
