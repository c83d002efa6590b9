package dev.ingot.integration.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ingot.cli.Main;
import dev.ingot.testkit.ChildJvm;
import dev.ingot.testkit.LongTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Checks the messages when S3 rejects requests, with Hadoop's real driver: against the S3 server where it can produce
 * the error, else against a server that answers as S3 does. Also checks that they appear soon; for throttled requests,
 * with fewer retries than the default.
 */
@Timeout(90)
@LongTest
class S3RefusalsTest {

    @TempDir
    private static Path folder;

    private static S3Server s3;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        s3 = S3Server.start(folder);
    }

    @AfterAll
    static void stop() {
        s3.close();
    }

    @Test
    void missingBucket() {
        assertEquals(
                "lake  error ENV-006  Cannot reach s3a://missing: the bucket or container does not exist"
                        + " (NoSuchBucket)\n"
                        + "    Create it, or correct the address in the environment's file.",
                messageFor("missing", Map.of()));
    }

    @Test
    void unknownAccessKey() {
        assertEquals(
                "lake  error ENV-001  Cannot reach s3a://stranger: the credentials are wrong (InvalidAccessKeyId)\n"
                        + "    Check those under 'spark:' of the environment; they may have been changed or have"
                        + " expired.",
                messageFor("stranger", Map.of("access.key", "stranger")));
    }

    @Test
    void wrongSecretKey() {
        assertEquals(
                "lake  error ENV-001  Cannot reach s3a://wrong: the credentials are wrong (SignatureDoesNotMatch)\n"
                        + "    Check those under 'spark:' of the environment; they may have been changed or have"
                        + " expired.",
                messageFor("wrong", Map.of("secret.key", "wrong")));
    }

    @Test
    void noCredentials() {
        assertEquals(
                "lake  error ENV-001  Cannot reach s3a://nobody: no credentials are set for it\n"
                        + "    Set them under 'spark:' of the environment, as '${secret:scope/key}' (docs/storage.md).",
                messageFor(
                        "nobody",
                        Map.of(
                                "aws.credentials.provider",
                                "org.apache.hadoop.fs.s3a.SimpleAWSCredentialsProvider",
                                "access.key",
                                "",
                                "secret.key",
                                "")));
    }

    @Test
    void endpointWithoutTls() {
        assertEquals(
                "lake  error ENV-006  Cannot reach s3a://secure: no secure connection can be made\n"
                        + "    Check that the endpoint supports TLS and that this Java trusts its certificate.",
                messageFor(
                        "secure",
                        Map.of("endpoint", "https://127.0.0.1:" + s3.port(), "connection.ssl.enabled", "true")));
    }

    @Test
    void unreachableHost() {
        assertEquals(
                "lake  error ENV-006  Cannot reach s3a://down: its host does not answer\n"
                        + "    Check the endpoint settings and the network; nothing was lost.",
                messageFor("down", Map.of("endpoint", "http://127.0.0.1:1")));
    }

    @Test
    void deniedBucket() throws IOException {
        assertEquals(
                "lake  error ENV-001  Cannot reach s3a://denied: access is denied (AccessDenied)\n"
                        + "    Check the credentials, and grant their owner the right to read, write, list and delete"
                        + " there.",
                messageForAnswer("denied", 403, "AccessDenied"));
    }

    @Test
    void tooManyRequests() throws IOException {
        assertEquals(
                "lake  error ENV-006  Cannot reach s3a://busy: it receives too many requests (SlowDown)\n"
                        + "    Run again later, or with a smaller --width; nothing was lost.",
                messageForAnswer("busy", 503, "SlowDown"));
    }

    /** Checks the whole command: one message, no stack trace, the exit code of environment failures. */
    @Test
    void runPrintsTheMessageOnce() throws Exception {
        ExampleOnStorage example = ExampleOnStorage.copyTo(folder.resolve("example"), List.of(s3.settings("missing")))
                .environment("s3", "s3a://missing/lake", "pipelines/earthquakes/landing");
        Path output = folder.resolve("run.txt");
        try (ChildJvm run = ChildJvm.start(
                output, Main.class, "run", "--project", example.folder().toString(), "--env", "s3")) {
            assertTrue(run.process().waitFor(80, TimeUnit.SECONDS));
            String printed = Files.readString(output);

            assertEquals(3, run.process().exitValue(), printed);
            assertEquals(2, printed.split("s3a://missing: the bucket or container does not", -1).length, printed);
            assertFalse(printed.contains("\tat "), printed);
        }
    }

    private static String messageForAnswer(String bucket, int status, String code) throws IOException {
        String body = "<Error><Code>" + code + "</Code><Message>no</Message></Error>";
        try (AnsweringServer server = AnsweringServer.start(status, "application/xml", body)) {
            return messageFor(bucket, Map.of("endpoint", "http://" + server.host(), "retry.throttle.limit", "2"));
        }
    }

    /** Returns the message for a bucket with some settings changed. */
    private static String messageFor(String bucket, Map<String, String> changed) {
        Map<String, String> settings = new HashMap<>(s3.settings(bucket));
        changed.forEach((name, value) -> settings.put("spark.hadoop.fs.s3a.bucket." + bucket + "." + name, value));
        return StorageMessage.of("s3a://" + bucket + "/lake", settings);
    }
}
