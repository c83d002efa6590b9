package dev.ingot.run;

import static dev.ingot.run.TestProject.written;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ingot.delta.DeltaTables;
import dev.ingot.run.MortalFileSystem.Death;
import dev.ingot.testkit.SparkTest;
import dev.ingot.testkit.TemporaryLake;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Kills a run at each change that it makes to storage: the table keeps its old version or has the new one, and the next run
 * leads to the table of an undisturbed run. Tries one of every six changes, drawn at random; all of them with
 * {@code -Dingot.test.crashes=all}.
 */
@SparkTest
class CrashTest {

    private static final String CRASHES = System.getProperty("ingot.test.crashes", "6");
    private static final boolean ALL = CRASHES.equals("all");
    private static final long SEED = Long.getLong("ingot.test.seed", System.nanoTime());
    private static final int PART = ALL ? 1 : Integer.parseInt(CRASHES);

    private TestProject project;
    private SparkSession spark;

    private void table(String mode, SparkSession session, TemporaryLake folder) {
        spark = session;
        project = new TestProject(session, folder).pipeline("numbers", """
                        name: numbers
                        source:
                          files: {path: landing, format: csv, schema: "id INT, n INT"}
                          read: all
                        quality:
                          - expression: n >= 0
                        target: {layer: bronze, %s}
                        """.formatted(mode));
        folder.write("conf/env/local.yml", "lake: mortal://" + folder.path("lake"));
        deliver(0);
        written(project.run(), "bronze.numbers");
    }

    /** As many rows as deliveries, each with the newest number. */
    private void deliver(int number) {
        String[] lines = Stream.concat(
                        Stream.of("id,n"),
                        Stream.iterate(0, id -> id <= number, id -> id + 1).map(id -> id + "," + number))
                .toArray(String[]::new);
        project.data("landing/1.csv", lines);
    }

    @AfterEach
    void liveOn() {
        MortalFileSystem.live(Integer.MAX_VALUE, Death.BEFORE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"mode: overwrite", "mode: merge, keys: [id], sequence_by: [n]"})
    void whereverARunDiesTheTableIsTheOldOneOrTheNewOne(String mode, SparkSession session, TemporaryLake folder)
            throws IOException {
        System.err.println("CrashTest: seed " + SEED + " (repeat with -Dingot.test.seed=" + SEED + ")");
        table(mode, session, folder);
        Random random = new Random(SEED);
        int number = 0;
        boolean died = true;
        int deaths = 0;
        for (int life = 0; died; life++) {
            int changes = ALL ? life / 2 : life * PART + random.nextInt(PART);
            Death death = Death.values()[ALL ? life % 2 : random.nextInt(2)];
            deliver(++number);
            died = crash(changes, death);
            deaths += died ? 1 : 0;
            String after = death + " after " + changes + " changes, seed " + SEED;
            long version = version();
            assertEquals(rows(version == number ? number - 1 : number), rows(), after);
            assertTrue(version == number || version == number + 1, after + ": " + version);
            project.run();
            assertEquals(rows(number), rows(), after);
            assertEquals(number + 1, version(), after);
        }
        assertTrue(deaths > 3, "deaths: " + deaths);
    }

    /** Runs until death, if it comes. */
    private boolean crash(int changes, Death death) throws IOException {
        MortalFileSystem.live(changes, death);
        try {
            project.run();
        } catch (RuntimeException dying) {
            assertTrue(MortalFileSystem.isDead(), dying.toString());
        }
        boolean died = MortalFileSystem.isDead();
        MortalFileSystem.live(Integer.MAX_VALUE, Death.BEFORE);
        // Its leases lapse, for its process is gone.
        try (Stream<Path> leases = Files.walk(project.lake().resolve("_ingot/leases"))) {
            for (Path lease : leases.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(lease);
            }
        }
        return died;
    }

    private static String rows(int number) {
        return (number + 1) + " rows of " + number;
    }

    private String rows() {
        Row row = DeltaTables.current(spark, location())
                .selectExpr("count(*)", "max(n)", "min(n)", "count(distinct id)")
                .head();
        assertEquals(row.getInt(1), row.getInt(2), "rows of two deliveries");
        assertEquals(row.getLong(0), row.getLong(3), "rows twice");
        return row.getLong(0) + " rows of " + row.getInt(1);
    }

    private long version() {
        return DeltaTables.newest(spark, location());
    }

    private String location() {
        return project.lake().resolve("bronze/numbers").toString();
    }
}
