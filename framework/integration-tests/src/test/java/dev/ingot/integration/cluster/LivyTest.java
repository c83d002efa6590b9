package dev.ingot.integration.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ingot.cli.Main;
import dev.ingot.deploy.Deployment;
import dev.ingot.deploy.RemoteRun;
import dev.ingot.deploy.livy.LivyBatch;
import dev.ingot.deploy.livy.LivyBatchRequest;
import dev.ingot.deploy.livy.LivyClient;
import dev.ingot.deploy.livy.LivyRun;
import dev.ingot.session.SessionSettings;
import dev.ingot.testkit.LongTest;
import dev.ingot.testkit.TemporaryLake;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** Tests Ingot's Livy client and job jar against a real Livy server, and through it a real spark-submit. */
@EnabledIf(
        value = "dev.ingot.integration.cluster.SparkHome#isPacked",
        disabledReason = "only 'mvn verify' packs the jars")
@LongTest
class LivyTest {

    private static final Duration LIMIT = Duration.ofMinutes(2);

    private static TemporaryLake folder;
    private static LivyServer livy;
    private static LivyClient client;
    private static Path jar;
    private static Path release;

    @BeforeAll
    static void startServer() throws Exception {
        folder = TemporaryLake.create();
        Path artifacts = folder.path("artifacts");
        livy = LivyServer.start(SparkHome.in(folder.path("spark")), folder.path("livy"), artifacts);
        client = new LivyClient(livy.address(), () -> "");
        Path project = OneTable.in(folder, "{artifacts: /none}");
        assertEquals(
                0,
                Main.execute(
                        "package", "--project", project.toString(), "--env", "test", "--to", artifacts.toString()));
        jar = only(artifacts, ".jar");
        release = only(artifacts, ".zip");
    }

    @AfterAll
    static void stopServer() {
        if (livy != null) {
            livy.close();
        }
        folder.close();
    }

    @Test
    void batchLoadsTheTableAndItsLogIsReadable() throws InterruptedException {
        LivyBatch batch = submit("run-1");

        assertEquals(new RemoteRun.State(RemoteRun.Phase.SUCCEEDED, "success", List.of()), end(batch));
        assertTrue(Files.exists(folder.path("lakes/one/bronze/orders/_delta_log")));
        String log = String.join("\n", client.batch(batch.id()).orElseThrow().log());
        assertTrue(log.contains("run run-1 done in"), log);
        assertEquals(batch.id(), submit("run-1").id(), "a resubmitted run id returns the batch that succeeded");
    }

    @Test
    void failedPipelineEndsTheBatchAsDeadAndIsRetriedOnResubmission() throws InterruptedException {
        LivyBatch batch = submit("run-2", "--full-refresh", "--var", "least=2");
        RemoteRun.State state = end(batch);

        assertEquals(RemoteRun.Phase.FAILED, state.phase());
        assertEquals("dead", state.description());
        String messages = String.join("\n", state.messages());
        assertTrue(messages.contains("JobFailure: ingot ended with exit code 1"), messages);
        LivyBatch retried = submit("run-2", "--full-refresh", "--var", "least=2");
        assertNotEquals(batch.id(), retried.id());
        assertEquals("dead", end(retried).description());
    }

    private static LivyBatch submit(String run, String... options) {
        List<String> arguments =
                new ArrayList<>(List.of("run", "--project", release.toString(), "--env", "test", "--run-id", run));
        arguments.addAll(List.of(options));
        return client.submit(new LivyBatchRequest(
                run,
                jar.toString(),
                Deployment.MAIN_CLASS,
                arguments,
                SessionSettings.APPLICATION,
                Optional.empty(),
                Map.of()));
    }

    private static RemoteRun.State end(LivyBatch batch) throws InterruptedException {
        RemoteRun run = new LivyRun(client, batch.id(), livy.address() + "/ui/batch/" + batch.id());
        long end = System.nanoTime() + LIMIT.toNanos();
        while (System.nanoTime() < end) {
            RemoteRun.State state = run.state();
            if (state.phase().isEnd()) {
                return state;
            }
            Thread.sleep(300);
        }
        throw new AssertionError("The batch runs longer than " + LIMIT);
    }

    private static Path only(Path folder, String suffix) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(suffix))
                    .findFirst()
                    .orElseThrow();
        }
    }
}
