package dev.ingot.integration.cluster;

import static dev.ingot.testkit.TableAssert.assertTable;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ingot.cli.Main;
import dev.ingot.integration.ServerProcess;
import dev.ingot.testkit.LongTest;
import dev.ingot.testkit.RefusingFileSystem;
import dev.ingot.testkit.SparkTest;
import dev.ingot.testkit.TemporaryLake;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** Runs the example project on Spark's standalone cluster, with the scripts that {@code ingot deploy local} writes. */
@EnabledIf(
        value = "dev.ingot.integration.cluster.SparkHome#isPacked",
        disabledReason = "only 'mvn verify' packs the jars")
@LongTest
@SparkTest
class ClusterTest {

    private static final Duration LIMIT = Duration.ofMinutes(5);

    private static SparkHome spark;
    private static SparkCluster cluster;
    private static TemporaryLake folder;
    private static ExampleProject example;

    @BeforeAll
    static void startClusterAndRunLocally(TemporaryLake temporary, SparkSession session) throws Exception {
        folder = temporary;
        spark = SparkHome.in(folder.path("spark"));
        spark.add(RefusingFileSystem.class);
        cluster = SparkCluster.start(spark, folder.path("cluster"));
        example = ExampleProject.in(folder.path("example"));
        for (String mode : List.of("client", "cluster")) {
            example.addEnvironment(mode, folder.path("lakes/" + mode), platform(mode));
        }
        example.addEnvironment("here", folder.path("lakes/here"), platform("client"));
        ingot("package", example.folder(), "--to", folder.path("artifacts").toString());
        ingot("run", example.folder(), "--env", "here");
    }

    @AfterAll
    static void stopCluster() {
        if (cluster != null) {
            cluster.close();
        }
    }

    @Test
    void clusterModeTablesEqualThoseOfALocalRun(SparkSession session) throws Exception {
        ServerProcess submission = submit(example.folder(), "cluster");

        requireSuccess(submission);
        assertEquals("FINISHED", cluster.driverState(LIMIT));
        assertTablesEqualThoseOfALocalRun(session, "cluster");
    }

    @Test
    void clientModeTablesEqualThoseOfALocalRunAfterALostWorker(SparkSession session) throws Exception {
        try (ServerProcess submission = submit(example.folder(), "client")) {
            Path silver = folder.path("lakes/client/silver");
            while (submission.process().isAlive() && !Files.exists(silver)) {
                Thread.sleep(50);
            }
            cluster.loseWorker();

            requireSuccess(submission);
            assertTrue(submission.printed().contains("Lost executor"), "no executor was lost");
        }
        assertTablesEqualThoseOfALocalRun(session, "client");
    }

    @Test
    void failedPipelineFailsTheDriverWithoutPrintingTheSecret() throws Exception {
        Path project = RefusedTable.in(folder, platform("cluster"));
        ingot(
                "package",
                project,
                "--env",
                "test",
                "--to",
                folder.path("artifacts").toString());

        requireSuccess(submit(project, "test"));

        assertEquals("FAILED", cluster.driverState(LIMIT));
        String printed = cluster.printed();
        assertTrue(printed.contains("Executor: Exception in task"), printed);
        assertTrue(printed.contains("403 forbidden for key '***'"), printed);
        assertFalse(printed.contains(RefusedTable.SECRET), "the secret is printed");
    }

    private static String platform(String mode) {
        return "{master: '%s', deploy_mode: %s, artifacts: '%s', dependencies: provided}"
                .formatted(cluster.address(), mode, folder.path("artifacts"));
    }

    /** Deploys the project and starts the script of its only job. */
    private static ServerProcess submit(Path project, String environment, String... options) throws IOException {
        ingot("deploy", project, "local", "--env", environment);
        try (Stream<Path> files = Files.list(project.resolve("deploy/local/" + environment))) {
            Path script = files.filter(file -> file.toString().endsWith(".sh"))
                    .findFirst()
                    .orElseThrow();
            List<String> arguments = new ArrayList<>(List.of("sh", script.toString(), "run-" + environment));
            arguments.addAll(List.of(options));
            return ServerProcess.start(
                    spark.command(arguments.toArray(String[]::new)),
                    folder.path("submissions/" + environment + ".txt"));
        }
    }

    private static void requireSuccess(ServerProcess submission) throws InterruptedException {
        assertTrue(
                submission.process().waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)
                        && submission.process().exitValue() == 0,
                submission::printed);
    }

    private static void assertTablesEqualThoseOfALocalRun(SparkSession session, String environment) throws IOException {
        Path local = folder.path("lakes/here");
        Path deployed = folder.path("lakes/" + environment);
        List<String> tables = ExampleProject.tables(local);
        assertFalse(tables.isEmpty());
        assertEquals(tables, ExampleProject.tables(deployed));
        for (String table : tables) {
            assertTable(ExampleProject.rows(session, deployed, table))
                    .hasRows(ExampleProject.rows(session, local, table));
        }
    }

    private static void ingot(String command, Path project, String... options) {
        List<String> arguments = new ArrayList<>(List.of(command, "--project", project.toString()));
        arguments.addAll(List.of(options));
        assertEquals(0, Main.execute(arguments.toArray(String[]::new)), arguments::toString);
    }
}
