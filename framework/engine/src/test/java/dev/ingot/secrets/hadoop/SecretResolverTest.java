package dev.ingot.secrets.hadoop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.ingot.config.SecretScope;
import dev.ingot.secrets.SecretException;
import dev.ingot.secrets.SecretRef;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretResolverTest {

    private static final SecretRef REF = new SecretRef("kv", "lake");

    private static final class ManualClock extends Clock {
        private Instant now = Instant.EPOCH;

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    private final ManualClock clock = new ManualClock();
    private final SecretResolver resolver =
            new SecretResolver(Map.of("INGOT_SECRET_KV_LAKE", "{\"id\": \"echidna-1\"}"), clock);

    @Test
    void extractsAFieldOfASecret() {
        SecretScope scope = SecretScope.of(Map.of("provider", "env"));

        assertEquals(
                "echidna-1",
                resolver.resolve(new SecretRef("kv", "lake", "id"), scope).reveal());
    }

    @Test
    void reportsAMissingSecretWithItsRemedy() {
        SecretScope scope = SecretScope.of(Map.of("provider", "env"));
        SecretException failed =
                assertThrows(SecretException.class, () -> resolver.resolve(new SecretRef("kv", "other"), scope));

        assertEquals("the secret does not exist", failed.getMessage());
        assertEquals("Set the environment variable INGOT_SECRET_KV_OTHER.", failed.remedy());
    }

    @Test
    void readsAValueAgainAfterFiveMinutes(@TempDir Path folder) throws IOException {
        SecretScope scope = SecretScope.of(Map.of("provider", "file", "path", folder.toString()));
        write(folder, "echidna-2");
        assertEquals("echidna-2", resolver.resolve(REF, scope).reveal());
        write(folder, "echidna-3");
        clock.now = clock.now.plus(Duration.ofMinutes(5));
        assertEquals("echidna-2", resolver.resolve(REF, scope).reveal());
        clock.now = clock.now.plusMillis(1);
        assertEquals("echidna-3", resolver.resolve(REF, scope).reveal());
    }

    private static void write(Path folder, String text) throws IOException {
        Path file = Files.writeString(folder.resolve("lake"), text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }
}
