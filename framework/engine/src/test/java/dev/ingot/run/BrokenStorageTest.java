package dev.ingot.run;

import static dev.ingot.run.TestProject.failure;
import static dev.ingot.run.TestProject.outcome;
import static dev.ingot.run.TestProject.written;
import static dev.ingot.testkit.TableAssert.assertTable;
import static dev.ingot.testkit.TableAssert.row;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.ingot.diagnostics.IngotException;
import dev.ingot.run.history.Outcome;
import dev.ingot.testkit.LongTest;
import dev.ingot.testkit.SparkTest;
import dev.ingot.testkit.TemporaryLake;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A disk that is full, or may not be written to: a file system of its own, mounted for the test. Needs root. */
@SparkTest
class BrokenStorageTest {

    private TestProject project;
    private Path disk;

    @BeforeEach
    void mount(SparkSession spark, TemporaryLake folder) throws Exception {
        project = new TestProject(spark, folder);
        disk = Files.createDirectories(folder.path("disk"));
        assumeTrue(
                command("mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", disk.toString()),
                "only root can mount a file system");
        folder.write("conf/env/local.yml", "lake: " + disk + "/lake");
        project.pipeline("numbers", """
                name: numbers
                source:
                  files: {path: landing, format: csv, schema: "id INT, text STRING"}
                quality:
                  - expression: id > 0
                target: {layer: bronze, mode: merge, keys: [id], sequence_by: [id]}
                """);
        project.data("landing/a.csv", "id,text", "1,one", "-1,minus one");
    }

    /** Lazily: a task that Spark has given up may still hold a file open there. */
    @AfterEach
    void unmount() throws Exception {
        command("umount", "--lazy", disk.toString());
    }

    private static boolean command(String... words) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(words)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        return process.waitFor() == 0;
    }

    private static long numbers(SparkSession spark, Path disk) {
        return spark.read().format("delta").load(disk + "/lake/bronze/numbers").count();
    }

    @LongTest
    @Test
    void aFullDiskIsNamedAndWithRoomTheSameRunEndsAsIfNothingHadBeen(SparkSession spark) throws Exception {
        project.run();
        List<String> rows = new ArrayList<>(List.of("id,text"));
        for (int i = 2; i < 300_000; i++) {
            rows.add(i + "," + Integer.toHexString(i * 0x9E3779B9) + Integer.toHexString(i * 0x85EBCA6B));
        }
        project.data("landing/b.csv", rows.toArray(String[]::new));
        String failure = failure(project.run(), "bronze.numbers");

        assertTrue(failure.contains("error ENV-002  Cannot write: no space is left on the device"), failure);
        assertEquals(1, numbers(spark, disk));
        assertTrue(command("mount", "-o", "remount,size=200m", disk.toString()));
        assertEquals(299_998, written(project.run(), "bronze.numbers").counts().inserted());
        assertEquals(299_999, numbers(spark, disk));
        assertInstanceOf(Outcome.NothingNew.class, outcome(project.run(), "bronze.numbers"));
    }

    @Test
    void aLakeThatMayNotBeWrittenToIsNamed(SparkSession spark) throws Exception {
        project.run();
        project.data("landing/b.csv", "id,text", "2,two");
        assertTrue(command("mount", "-o", "remount,ro", disk.toString()));
        String refused = assertThrows(IngotException.class, project::run).getMessage();

        assertTrue(refused.contains("ENV-001") && refused.contains("Read-only file system"), refused);
        assertTrue(command("mount", "-o", "remount,rw", disk.toString()));
        project.run();
        assertTable(spark.read()
                        .format("delta")
                        .load(disk + "/lake/bronze/numbers")
                        .select("id"))
                .hasRows("id INT", row(1), row(2));
    }
}
