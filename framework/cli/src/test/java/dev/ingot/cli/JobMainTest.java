package dev.ingot.cli;

import static dev.ingot.testkit.TableAssert.assertTable;
import static dev.ingot.testkit.TableAssert.row;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ingot.release.Release;
import dev.ingot.testkit.SparkTest;
import dev.ingot.testkit.TemporaryLake;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

/** Runs commands as a platform does, in a JVM and a Spark session that belong to the platform. */
@SparkTest
@ResourceLock(Resources.SYSTEM_OUT)
class JobMainTest {

    private SparkSession spark;
    private TemporaryLake folder;

    @BeforeEach
    void writeProject(SparkSession session, TemporaryLake temporary) {
        spark = session;
        folder = temporary;
        folder.write("conf/project.yml", "name: shop");
        folder.write("conf/env/prod.yml", "lake: " + folder.path("lake"));
        folder.write("pipelines/orders.yml", """
                name: orders
                source:
                  rows: [{id: 1}, {id: 2}]
                quality:
                  - {expression: id < 3, name: small, on_violation: fail}
                target: {layer: bronze, mode: append}
                """.split("\n"));
    }

    private Path release() throws IOException {
        Release release = Release.of("shop", folder.root());
        return Files.write(folder.root().resolve(release.fileName()), release.zip());
    }

    @Test
    void runsAReleaseAndNamesItInTheRunLog() throws IOException {
        Path release = release();
        JobMain.main(new String[] {"run", "--project", release.toString(), "--env", "prod", "--run-id", "r1"});

        assertTable(spark.read()
                        .format("delta")
                        .load(folder.path("lake/bronze/orders").toString())
                        .select("id"))
                .hasRows("id STRING", row("1"), row("2"));
        assertTable(spark.read()
                        .format("delta")
                        .load(folder.path("lake/_ingot/history").toString())
                        .select("run_id", "release"))
                .hasRows(
                        "run_id STRING, release STRING",
                        row("r1", release.getFileName().toString().replace(".zip", "")));
        assertFalse(spark.sparkContext().isStopped(), "a Spark session that existed before is not stopped");
    }

    @Test
    void readsAReleaseThroughHadoop() throws IOException {
        String address = release().toUri().toString();
        JobMain.main(new String[] {"run", "--project", address, "--env", "prod"});

        assertTable(spark.read()
                        .format("delta")
                        .load(folder.path("lake/bronze/orders").toString())
                        .select("id"))
                .hasRows("id STRING", row("1"), row("2"));
    }

    @Test
    void throwsAFailedRuleWithItsMessage() throws IOException {
        folder.write("pipelines/orders.yml", """
                name: orders
                source:
                  rows: [{id: 1}, {id: 7}]
                quality:
                  - {expression: id < 3, name: small, on_violation: fail}
                target: {layer: bronze, mode: append}
                """.split("\n"));
        String release = release().toString();
        JobFailure failed = assertThrows(
                JobFailure.class, () -> JobMain.main(new String[] {"run", "--project", release, "--env", "prod"}));

        assertTrue(failed.getMessage().startsWith("ingot ended with exit code 1\n"), failed.getMessage());
        assertTrue(failed.getMessage().contains("error DATA-001"), failed.getMessage());
        assertTrue(failed.getMessage().contains("the rule small failed"), failed.getMessage());
        assertFalse(spark.sparkContext().isStopped());
    }

    @Test
    void throwsAMistakeInTheFiles() throws IOException {
        folder.write("pipelines/orders.yml", "name: orders");
        String release = release().toString();
        JobFailure failed = assertThrows(
                JobFailure.class, () -> JobMain.main(new String[] {"run", "--project", release, "--env", "prod"}));

        assertTrue(failed.getMessage().startsWith("ingot ended with exit code 2\n"), failed.getMessage());
        assertTrue(failed.getMessage().contains("pipelines/orders.yml:1:1  error SPEC-001"), failed.getMessage());
    }

    @Test
    void namesAMissingRelease() {
        JobFailure failed = assertThrows(
                JobFailure.class,
                () -> JobMain.main(new String[] {"run", "--project", "/nowhere/shop-0123.zip", "--env", "prod"}));

        assertEquals(
                "ingot ended with exit code 2\n--project  error CONF-009  Cannot read the release: there is no file"
                        + " /nowhere/shop-0123.zip\n    Create it with 'ingot package' and copy it there, or pass its"
                        + " actual location.",
                failed.getMessage());
    }

    @Test
    void rejectsALakeInsideARelease() throws IOException {
        folder.write("conf/env/prod.yml", "lake: lake");
        String release = release().toString();
        JobFailure failed = assertThrows(
                JobFailure.class, () -> JobMain.main(new String[] {"run", "--project", release, "--env", "prod"}));

        assertTrue(
                failed.getMessage().contains("error CONF-009  Cannot run a release whose lake is 'lake'"),
                failed.getMessage());
    }

    @Test
    void rejectsATaskWithAnotherDateThanItsRun() throws IOException {
        String release = release().toString();
        JobMain.main(
                new String[] {"run", "--project", release, "--env", "prod", "--run-id", "r1", "--date", "2026-01-05"});
        JobFailure failed = assertThrows(
                JobFailure.class,
                () -> JobMain.main(new String[] {
                    "run", "--project", release, "--env", "prod", "--run-id", "r1", "--date", "2026-01-06"
                }));

        assertTrue(
                failed.getMessage()
                        .contains("error CONF-008  Cannot use '2026-01-06' as the value of --date\n"
                                + "    accepted: 2026-01-05, the date of the run 'r1'"),
                failed.getMessage());
    }
}
