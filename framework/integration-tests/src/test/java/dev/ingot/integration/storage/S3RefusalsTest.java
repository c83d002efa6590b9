package dev.ingot.integration.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ingot.cli.Main;
import dev.ingot.testkit.ChildJvm;
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
 * What is told when S3 refuses, by Hadoop's real driver: against the S3 server where it can be brought to it, else
 * against a server that answers as S3 does. And soon; where requests are refused for their number, with less patience
 * than the default.
 */
@Timeout(90)
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
    void aBucketThatIsMissing() {
        assertEquals(
                "lake  error ENV-006  Cannot reach s3a://missing: there is no such bucket or container (NoSuchBucket)\n"
                        + "    Make it, or correct the address in the environment's file.",
                told("missing", Map.of()));
    }

    @Test
    void anAccessKeyThatNobodyHas() {
        assertEquals(
                "lake  error ENV-001  Cannot reach s3a://stranger: the credentials are wrong (InvalidAccessKeyId)\n"
                        + "    Look at those that 'spark:' of the environment names; they may have been changed or have"
                        + " expired.",
                told("stranger", Map.of("access.key", "stranger")));
    }

    @Test
    void aSecretKeyThatIsWrong() {
        assertEquals(
                "lake  error ENV-001  Cannot reach s3a://wrong: the credentials are wrong (SignatureDoesNotMatch)\n"
                        + "    Look at those that 'spark:' of the environment names; they may have been changed or have"
                        + " expired.",
                told("wrong", Map.of("secret.key", "wrong")));
    }

    @Test
    void noCredentials() {
        assertEquals(
                "lake  error ENV-001  Cannot reach s3a://nobody: no credentials are set for it\n"
                        + "    Give them under 'spark:' of the environment, as '${secret:scope/key}' (conf/README.md).",
                told(
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
    void anEndPointThatDoesNotSpeakTls() {
        assertEquals(
                "lake  error ENV-006  Cannot reach s3a://secure: no secure connection can be made\n"
                        + "    Look whether the end point speaks TLS and whether this Java trusts its certificate.",
                told("secure", Map.of("endpoint", "https://127.0.0.1:" + s3.port(), "connection.ssl.enabled", "true")));
    }

    @Test
    void aHostThatDoesNotAnswer() {
        assertEquals(
                "lake  error ENV-006  Cannot reach s3a://down: its host does not answer\n"
                        + "    Look at the settings of the end point and the network; nothing was lost.",
                told("down", Map.of("endpoint", "http://127.0.0.1:1")));
    }

    @Test
    void aBucketThatIsDenied() throws IOException {
        assertEquals(
                "lake  error ENV-001  Cannot reach s3a://denied: access is denied (AccessDenied)\n"
                        + "    Look whether the credentials are the right ones, and give whom they stand for the right to read, write,"
                        + " list and delete there.",
                answering("denied", 403, "AccessDenied"));
    }

    @Test
    void tooManyRequests() throws IOException {
        assertEquals(
                "lake  error ENV-006  Cannot reach s3a://busy: it answers that it gets too many requests (SlowDown)\n"
                        + "    Run again later, or with a smaller --width; nothing was lost.",
                answering("busy", 503, "SlowDown"));
    }

    /** The whole command: one message, no stack trace, the exit code of the environment. */
    @Test
    void aRunSaysItOnce() throws Exception {
        ExampleOnStorage example = ExampleOnStorage.copyTo(folder.resolve("example"), List.of(s3.settings("missing")))
                .environment("s3", "s3a://missing/lake", "pipelines/earthquakes/landing");
        Path output = folder.resolve("run.txt");
        try (ChildJvm run = ChildJvm.start(
                output, Main.class, "run", "--project", example.folder().toString(), "--env", "s3")) {
            assertTrue(run.process().waitFor(80, TimeUnit.SECONDS));
            String printed = Files.readString(output);

            assertEquals(3, run.process().exitValue(), printed);
            assertEquals(2, printed.split("s3a://missing: there is no such bucket", -1).length, printed);
            assertFalse(printed.contains("\tat "), printed);
        }
    }

    private static String answering(String bucket, int status, String code) throws IOException {
        String body = "<Error><Code>" + code + "</Code><Message>no</Message></Error>";
        try (AnsweringServer server = AnsweringServer.start(status, "application/xml", body)) {
            return told(bucket, Map.of("endpoint", "http://" + server.host(), "retry.throttle.limit", "2"));
        }
    }

    /** What is told of a bucket with other settings than the right ones. */
    private static String told(String bucket, Map<String, String> changed) {
        Map<String, String> settings = new HashMap<>(s3.settings(bucket));
        changed.forEach((name, value) -> settings.put("spark.hadoop.fs.s3a.bucket." + bucket + "." + name, value));
        return Told.of("s3a://" + bucket + "/lake", settings);
    }
}
