package dev.ingot.integration.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ingot.testkit.LongTest;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Checks the messages when Azure rejects requests, with Hadoop's real drivers for {@code abfs} and {@code wasb},
 * against a server that answers as Azure does; and that they appear within a minute.
 */
@Timeout(90)
@LongTest
class AzureRefusalsTest {

    private static final String DENIED =
            "    Check the credentials, and grant their owner the right to read, write, list and delete there.";
    private static final String MISSING = "    Create it, or correct the address in the environment's file.";
    private static final String BUSY = "    Run again later, or with a smaller --width; nothing was lost.";

    @ParameterizedTest
    @ValueSource(strings = {"abfs", "wasb"})
    void deniedContainer(String scheme) throws IOException {
        assertMessage(scheme, 403, "access is denied", DENIED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"abfs", "wasb"})
    void missingContainer(String scheme) throws IOException {
        assertMessage(scheme, 404, "the bucket or container does not exist", MISSING);
    }

    @ParameterizedTest
    @ValueSource(strings = {"abfs", "wasb"})
    void tooManyRequests(String scheme) throws IOException {
        assertMessage(scheme, 503, "it receives too many requests", BUSY);
    }

    @Test
    void noCredentials() {
        assertEquals(
                "lake  error ENV-001  Cannot reach abfs://lake@example.dfs.core.windows.net: no credentials are set for it\n"
                        + "    Set them under 'spark:' of the environment, as '${secret:scope/key}' (docs/storage.md).",
                StorageMessage.of("abfs://lake@example.dfs.core.windows.net/lake", Map.of()));
    }

    private static void assertMessage(String scheme, int status, String reason, String remedy) throws IOException {
        try (AnsweringServer server = AnsweringServer.start(status, "application/json", "{}")) {
            Map<String, String> settings = new HashMap<>();
            settings.put("spark.hadoop.fs.azure.account.key." + server.host(), "a2V5");
            settings.put("spark.hadoop.fs.azure.always.use.https", "false");
            String address = scheme + "://lake@" + server.host();
            String code = status == 403 ? "ENV-001" : "ENV-006";

            assertEquals(
                    "lake  error " + code + "  Cannot reach " + address + ": " + reason + "\n" + remedy,
                    StorageMessage.of(address + "/lake", settings));
        }
    }
}
