package dev.ingot.run.recovery;

import static dev.ingot.run.TestProject.failure;
import static dev.ingot.run.TestProject.outcome;
import static dev.ingot.run.TestProject.written;
import static dev.ingot.testkit.TableAssert.assertTable;
import static dev.ingot.testkit.TableAssert.row;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ingot.diagnostics.IngotException;
import dev.ingot.names.TableId;
import dev.ingot.run.ProjectStages;
import dev.ingot.run.TestProject;
import dev.ingot.run.history.Outcome;
import dev.ingot.run.history.RunReport;
import dev.ingot.run.write.RowCounts;
import dev.ingot.state.BatchRecord;
import dev.ingot.state.Lake;
import dev.ingot.state.LakeFiles;
import dev.ingot.state.Lease;
import dev.ingot.state.RefreshMode;
import dev.ingot.state.StateStore;
import dev.ingot.testkit.LongTest;
import dev.ingot.testkit.SparkTest;
import dev.ingot.testkit.TemporaryLake;
import io.delta.tables.DeltaTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What becomes of batches that were cut short, of tables that another hand changed, and of two runs at once. */
@SparkTest
class RecoveryTest {

    private static final String NUMBERS = """
            name: numbers
            source:
              files: {path: landing, format: csv, schema: "id INT, n INT"}
            quality:
              - expression: n < 100
            target: {layer: bronze, mode: append}
            """;

    @RegisterExtension
    static final ProjectStages STAGES = new ProjectStages();

    private TestProject project;
    private SparkSession spark;

    @BeforeEach
    void numbers(SparkSession session, TemporaryLake folder) {
        spark = session;
        project = new TestProject(session, folder).pipeline("numbers", NUMBERS);
        project.data("landing/a.csv", "id,n", "1,1", "2,200");
    }

    private void firstRun() {
        STAGES.reach("first run", project, project::run);
    }

    /** Undoes the writing-down of the end of batches, as if the process had died just before it. */
    private void forgetThatBatchesEnded() {
        forgetThatBatchesEnded("bronze.numbers");
    }

    private void forgetThatBatchesEnded(String table) {
        try (Stream<Path> records = Files.list(project.lake().resolve("_ingot/batches/" + table))) {
            for (Path record : records.filter(file -> file.toString().endsWith(".settled.json"))
                    .toList()) {
                String batch = Files.readString(record).replaceAll("^\\{\"batch\":(\\{.*\\}),\"tableId\".*$", "$1");
                Files.writeString(Path.of(record.toString().replace(".settled.json", ".open.json")), batch);
                Files.delete(record);
            }
        } catch (IOException failed) {
            throw new AssertionError(failed);
        }
    }

    @Test
    void aBatchThatLandedUnknownToUsIsNotWrittenTwice() {
        firstRun();
        forgetThatBatchesEnded();
        project.run();

        assertEquals(1, project.table("bronze.numbers").version());
        assertEquals(1, project.table("bronze.numbers_quarantine").version());
        assertTable(project.table("bronze.numbers").rows().select("id", "_run_id"))
                .hasRows("id INT, _run_id STRING", row(1, "run1"));
        assertTable(project.table("bronze.numbers").changes(1, 1)).hasCount(1);
    }

    @Test
    void aBatchThatDidNotLandIsRepeatedAsItWasBegun() throws IOException {
        firstRun();
        forgetThatBatchesEnded();
        deleteTable("bronze/numbers");
        deleteTable("bronze/numbers_quarantine");
        project.data("landing/b.csv", "id,n", "3,3");
        Outcome.Written both = written(project.run(), "bronze.numbers");

        assertEquals(new RowCounts(3, 2, 0, 0, 0, 0, 0, 1), both.counts());
        assertEquals("2 files", both.inputs().get("input"));
        assertEquals(2, both.batch());
        assertTable(project.table("bronze.numbers").rows().select("id", "_run_id"))
                .hasRows("id INT, _run_id STRING", row(1, "run1"), row(3, "run2"));
    }

    @Test
    void aBatchWhosePipelineChangedSinceIsBegunAnewAndLeavesNothingBehind() throws IOException {
        firstRun();
        forgetThatBatchesEnded();
        deleteTable("bronze/numbers");
        project.pipeline("numbers", NUMBERS.replace("n < 100", "n > 100"));
        project.run();

        assertTable(project.table("bronze.numbers").rows().select("id", "_run_id"))
                .hasRows("id INT, _run_id STRING", row(2, "run2"));
        assertTable(project.table("bronze.numbers_quarantine")
                        .rows()
                        .selectExpr("get_json_object(row, '$.id') AS id", "_run_id", "_batch"))
                .hasRows("id STRING, _run_id STRING, _batch BIGINT", row("1", "run2", 2L));
    }

    @Test
    void aBatchThatLandedIsNotReadAgainAlthoughItsPipelineChangedSince() {
        firstRun();
        forgetThatBatchesEnded();
        project.pipeline("numbers", NUMBERS.replace("n < 100", "n < 1000"));
        project.data("landing/b.csv", "id,n", "3,3");
        project.run();

        assertTable(project.table("bronze.numbers").rows().select("id")).hasRows("id INT", row(1), row(3));
        assertTable(project.table("bronze.numbers_quarantine")).hasCount(1);
    }

    @Test
    void aBatchThatLandedIsNotHeldAgainstItselfByARuleAboutTheTable() {
        project.pipeline("numbers", NUMBERS.replace("quality:", "quality:\n  - unique: [id]"));
        project.run();
        forgetThatBatchesEnded();
        project.data("landing/b.csv", "id,n", "3,3");

        assertEquals(2, written(project.run(), "bronze.numbers").after());
        assertTable(project.table("bronze.numbers").rows().select("id")).hasRows("id INT", row(1), row(3));
    }

    @LongTest
    @Test
    void aRestoreToBeforeARefreshTakesBackWhatLiesBehindItToo() {
        firstRun();
        project.data("landing/b.csv", "id,n", "3,3", "6,600");
        project.run();
        project.refresh();
        DeltaTable.forPath(spark, project.lake().resolve("bronze/numbers").toString())
                .restoreToVersion(1);
        project.data("landing/c.csv", "id,n", "4,4");
        project.run();
        project.run();

        assertTable(project.table("bronze.numbers").rows().select("id")).hasRows("id INT", row(1), row(3), row(4));
        assertTable(project.table("bronze.numbers_quarantine").rows().select("_batch"))
                .hasRows("_batch BIGINT", row(1L), row(4L));
    }

    @Test
    void aRepeatedBatchLooksIntoOtherTablesAsTheyWereWhenItBegan() throws IOException {
        project.pipeline("known", """
                        name: known
                        source:
                          files: {path: known, format: csv, schema: "id INT"}
                          read: all
                        target: {layer: silver, mode: overwrite}
                        """.replace("silver", "bronze")).pipeline("checked", """
                        name: checked
                        source: {table: bronze.numbers}
                        quality:
                          - references: {columns: [id], table: bronze.known, to: [id]}
                        target: {layer: silver, mode: append}
                        """);
        project.data("landing/a.csv", "id,n", "1,1", "2,2");
        project.data("known/a.csv", "id", "1");
        project.run();
        forgetThatBatchesEnded("silver.checked");
        deleteTable("silver/checked");
        project.data("known/b.csv", "id", "2");
        project.run();

        assertTable(project.table("silver.checked").rows().select("id")).hasRows("id INT", row(1));
        assertTable(project.table("silver.checked_quarantine")).hasCount(1);
    }

    @Test
    void aTableWhoseMakerDiedBeforeItsFirstVersionIsMadeNow() throws IOException {
        for (String table : List.of("bronze/numbers", "bronze/numbers_quarantine")) {
            Path log = Files.createDirectories(project.lake().resolve(table).resolve("_delta_log"));
            Files.writeString(log.resolve(".00000000000000000000.json.1.tmp"), "{");
        }
        written(project.run(), "bronze.numbers");

        assertTable(project.table("bronze.numbers").rows().select("id")).hasRows("id INT", row(1));
        assertTable(project.table("bronze.numbers_quarantine")).hasCount(1);
    }

    private void deleteTable(String name) throws IOException {
        deleteFolder(project.lake().resolve(name));
    }

    private static void deleteFolder(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    @Test
    void aForeignRestoreMakesWhatWasTakenBackNewAgain() {
        firstRun();
        project.data("landing/b.csv", "id,n", "3,3");
        project.run();
        DeltaTable.forPath(spark, project.lake().resolve("bronze/numbers").toString())
                .restoreToVersion(1);
        RunReport report = project.run();

        assertEquals(1, written(report, "bronze.numbers").counts().in());
        assertTrue(report.pipelines().get(0).warnings().get(0).contains("was taken back by a RESTORE"));
        assertTable(project.table("bronze.numbers").rows().select("id")).hasRows("id INT", row(1), row(3));
        assertInstanceOf(Outcome.NothingNew.class, outcome(project.run(), "bronze.numbers"));
    }

    @LongTest
    @Test
    void aRestoreForwardAgainCountsWhatItBroughtBackAndNothingTwice() {
        firstRun();
        project.data("landing/b.csv", "id,n", "3,3", "4,400");
        project.run();
        DeltaTable table = DeltaTable.forPath(
                spark, project.lake().resolve("bronze/numbers").toString());
        table.restoreToVersion(1);
        project.data("landing/c.csv", "id,n", "5,5");
        project.run();
        table.restoreToVersion(2);
        RunReport report = project.run();

        assertEquals(1, written(report, "bronze.numbers").counts().in());
        assertTrue(report.pipelines().get(0).warnings().stream()
                .anyMatch(text -> text.contains("Batch 2 of bronze.numbers (version 2) was reinstated by a RESTORE")));
        assertTable(project.table("bronze.numbers").rows().select("id")).hasRows("id INT", row(1), row(3), row(5));
        assertTable(project.table("bronze.numbers_quarantine").rows().select("_batch"))
                .hasRows("_batch BIGINT", row(1L), row(2L));
        assertInstanceOf(Outcome.NothingNew.class, outcome(project.run(), "bronze.numbers"));
    }

    @Test
    void aHistoryThatWasCleanedUpSinceStopsThePipeline() throws IOException {
        firstRun();
        String location = project.lake().resolve("bronze/numbers").toString();
        for (int i = 0; i < 2; i++) {
            spark.sql("ALTER TABLE delta.`" + location + "` SET TBLPROPERTIES ('note' = '" + i
                    + "', 'delta.checkpointInterval' = '1')");
        }
        for (int version = 0; version < 3; version++) {
            Files.delete(Path.of(location, "_delta_log", String.format("%020d.json", version)));
        }
        String failure = failure(project.run(), "bronze.numbers");

        assertTrue(failure.contains("the history of its table was cleaned up from version 2 on"), failure);
        assertEquals(2, written(project.refresh(), "bronze.numbers").counts().in());
    }

    @Test
    void aRestoreToTheEmptyTableReadsEverythingAgainAndHoldsNothingBackTwice() {
        firstRun();
        DeltaTable.forPath(spark, project.lake().resolve("bronze/numbers").toString())
                .restoreToVersion(0);
        project.run();

        assertTable(project.table("bronze.numbers").rows().select("id")).hasRows("id INT", row(1));
        assertTable(project.table("bronze.numbers_quarantine")).hasCount(1);
    }

    @Test
    void aRestoreByATimeThatTellsNoVersionStopsThePipelineUntilOneIsNamed() throws InterruptedException {
        firstRun();
        Thread.sleep(1100);
        String between = java.time.LocalDateTime.now(java.time.ZoneOffset.UTC).toString();
        project.data("landing/b.csv", "id,n", "3,3");
        project.run();
        DeltaTable table = DeltaTable.forPath(
                spark, project.lake().resolve("bronze/numbers").toString());
        table.restoreToTimestamp(between.replace('T', ' '));

        assertTrue(failure(project.run(), "bronze.numbers").contains("its timestamp has no time zone"));
        table.restoreToVersion(1);
        assertEquals(1, written(project.run(), "bronze.numbers").counts().in());
        assertTable(project.table("bronze.numbers").rows().select("id")).hasRows("id INT", row(1), row(3));
    }

    @Test
    void aBatchThatAnotherRunCommittedFirstIsNotCounted() throws IOException {
        firstRun();
        deleteFolder(project.lake().resolve("_ingot/batches/bronze.numbers"));
        project.data("landing/a.csv", "id,n", "1,1", "5,5");
        String failure = failure(project.run(), "bronze.numbers");

        assertTrue(failure.contains("ENV-008") && failure.contains("another run committed it first"), failure);
        assertTable(project.table("bronze.numbers").rows().select("id")).hasRows("id INT", row(1));
        assertTable(project.table("bronze.numbers_quarantine")).hasCount(1);
    }

    @Test
    void aBatchIsBegunOnceUnderOneRunAndNumber() {
        StateStore store = new StateStore(
                new LakeFiles(new Configuration()),
                new Lake(project.lake().toString()),
                new TableId("bronze", "numbers"));
        BatchRecord batch = new BatchRecord(
                1,
                "bronze.numbers",
                "nightly",
                "2026-01-02",
                "2026-01-02T03:04:05Z",
                "",
                RefreshMode.INCREMENTAL,
                java.util.Map.of(),
                java.util.Map.of());
        store.open(batch);

        IngotException refused = assertThrows(IngotException.class, () -> store.open(batch));
        assertTrue(
                refused.getMessage().contains("another process is working on it as run nightly"), refused.getMessage());
    }

    @Test
    void aRefreshHoldsNothingBackTwice() {
        firstRun();
        project.refresh();

        assertTable(project.table("bronze.numbers_quarantine").rows().select("_run_id"))
                .hasRows("_run_id STRING", row("run2"));
    }

    @Test
    void aTableThatVanishedStopsThePipelineUntilItIsRefreshed() throws IOException {
        firstRun();
        deleteTable("bronze/numbers");

        assertEquals(
                "it no longer exists",
                failure(project.run(), "bronze.numbers").replaceAll("(?s).*numbers: (it no longer exists),.*", "$1"));
        assertEquals(2, written(project.refresh(), "bronze.numbers").counts().in());
        assertInstanceOf(Outcome.NothingNew.class, outcome(project.run(), "bronze.numbers"));
    }

    @Test
    void aRefreshAfterManyBatchesBeginsTheCountOfVersionsAnew() throws IOException {
        firstRun();
        project.data("landing/b.csv", "id,n", "3,3");
        project.run();
        project.data("landing/c.csv", "id,n", "4,4");
        project.run();
        deleteTable("bronze/numbers");
        project.refresh();

        assertInstanceOf(Outcome.NothingNew.class, outcome(project.run(), "bronze.numbers"));
        project.data("landing/d.csv", "id,n", "5,5");
        assertEquals(1, written(project.run(), "bronze.numbers").counts().in());
        assertTable(project.table("bronze.numbers").rows().select("id"))
                .hasRows("id INT", row(1), row(3), row(4), row(5));
    }

    @Test
    void aTableThatWasCreatedAnewIsNotAddedTo() throws IOException {
        firstRun();
        String location = project.lake().resolve("bronze/numbers").toString();
        List<String> columns = List.of(project.table("bronze.numbers").rows().columns());
        deleteTable("bronze/numbers");
        spark.sql("SELECT 7 AS id, 7 AS n, 'f' AS _source_file, now() AS _ingested_at, 'x' AS _run_id")
                .write()
                .format("delta")
                .save(location);
        project.data("landing/b.csv", "id,n", "3,3");

        assertEquals(5, columns.size());
        assertTrue(failure(project.run(), "bronze.numbers").contains("it was re-created since"));
        assertTable(project.table("bronze.numbers").rows().select("id")).hasRows("id INT", row(7));
    }

    @Test
    void whileOneRunHoldsAPipelineAnotherLeavesItAlone() {
        LakeFiles files = new LakeFiles(new Configuration());
        try (Lease held = Lease.acquire(
                files, new Lake(project.lake().toString()), new TableId("bronze", "numbers"), "nightly")) {
            IngotException refused = assertThrows(IngotException.class, project::run);
            assertTrue(refused.getMessage().contains("run nightly is working on it (process"), refused.getMessage());
        }
        assertEquals(1, written(project.run(), "bronze.numbers").after());
    }

    @Test
    void aPipelineWhoseSourceFailedIsPassedOverAndOthersGoOn() {
        project.pipeline("after", """
                        name: after
                        source: {table: bronze.numbers}
                        target: {layer: silver, mode: append}
                        """).pipeline("bystander", """
                        name: bystander
                        source:
                          rows: [{id: 1}]
                        target: {layer: bronze, mode: overwrite}
                        """).pipeline("numbers", """
                        name: numbers
                        source:
                          files: {path: landing, format: csv, schema: "id INT, n INT"}
                        quality:
                          - {expression: n < 100, on_violation: fail}
                        target: {layer: bronze, mode: append}
                        """);
        RunReport report = project.run();

        assertInstanceOf(Outcome.Failed.class, outcome(report, "bronze.numbers"));
        assertEquals(new Outcome.Skipped(new TableId("bronze", "numbers")), outcome(report, "silver.after"));
        assertInstanceOf(Outcome.Written.class, outcome(report, "bronze.bystander"));
    }
}
