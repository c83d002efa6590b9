package dev.ingot.cli;

import static dev.ingot.testkit.TableAssert.assertTable;

import dev.ingot.testkit.ChildJvm;
import dev.ingot.testkit.SparkTest;
import dev.ingot.testkit.StoredTable;
import dev.ingot.testkit.TemporaryLake;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/**
 * Kills the real process with SIGKILL at random moments, and checks that a run afterwards makes the same tables: one kill,
 * ten with {@code -Pfull}, other numbers with {@code -Dingot.test.kills=...}.
 */
@Order(1)
@SparkTest
class KilledRunTest {

    private static final int KILLS = Integer.getInteger("ingot.test.kills", 1);
    private static final Duration LIMIT = Duration.ofMinutes(4);

    @Test
    void tablesEqualThoseOfAnUninterruptedRun(SparkSession spark, TemporaryLake folder) throws Exception {
        long seed = Long.getLong("ingot.test.seed", System.nanoTime());
        System.err.println("KilledRunTest: seed " + seed + " (repeat with -Dingot.test.seed=" + seed + ")");
        Path uninterrupted = ExampleProject.copyTo(folder.path("undisturbed"));
        Path killed = ExampleProject.copyTo(folder.path("killed"));

        kill(killed, folder, new Random(seed));
        try (ChildJvm first = start(uninterrupted, folder);
                ChildJvm last = start(killed, folder)) {
            first.requireSuccess(LIMIT);
            last.requireSuccess(LIMIT);
        }

        List<String> tables = tables(uninterrupted);
        assertTable(spark.createDataset(tables(killed), Encoders.STRING()).toDF())
                .hasRows(spark.createDataset(tables, Encoders.STRING()).toDF());
        for (String table : tables) {
            assertTable(rows(spark, killed, table)).hasRows(rows(spark, uninterrupted, table));
            assertTable(changes(spark, killed, table)).hasRows(changes(spark, uninterrupted, table));
        }
    }

    private static void kill(Path project, TemporaryLake folder, Random random) throws InterruptedException {
        for (int i = 0; i < KILLS; i++) {
            try (ChildJvm run = start(project, folder)) {
                run.process().waitFor(2_000 + random.nextInt(12_000), TimeUnit.MILLISECONDS);
            }
        }
    }

    private static ChildJvm start(Path project, TemporaryLake folder) {
        Path output = folder.path(project.getFileName() + ".txt");
        return ChildJvm.start(output, Main.class, "run", "--project", project.toString());
    }

    /** Returns the tables of a lake, quarantines included, as layer/table. */
    private static List<String> tables(Path project) throws IOException {
        Path lake = project.resolve("lake");
        try (Stream<Path> logs = Files.find(lake, 3, (path, what) -> path.endsWith("_delta_log"))) {
            return logs.map(log -> lake.relativize(log.getParent()).toString())
                    .filter(name -> !name.startsWith("_ingot"))
                    .sorted()
                    .toList();
        }
    }

    private static Dataset<Row> rows(SparkSession spark, Path project, String table) {
        return comparable(new StoredTable(spark, project.resolve("lake").resolve(table)).rows());
    }

    private static Dataset<Row> changes(SparkSession spark, Path project, String table) {
        StoredTable stored = new StoredTable(spark, project.resolve("lake").resolve(table));
        return comparable(stored.changes(0, stored.version()));
    }

    /** Drops the columns that differ between two runs: run ids, times and folders. */
    private static Dataset<Row> comparable(Dataset<Row> rows) {
        return rows.drop("_run_id", "_ingested_at", "_quarantined_at", "_source_file");
    }
}
