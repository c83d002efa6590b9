package dev.ingot.run;

import static dev.ingot.run.TestProject.failure;
import static dev.ingot.run.TestProject.outcome;
import static dev.ingot.run.TestProject.written;
import static dev.ingot.testkit.TableAssert.assertTable;
import static dev.ingot.testkit.TableAssert.row;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ingot.run.history.Outcome;
import dev.ingot.run.history.RunReport;
import dev.ingot.run.write.RowCounts;
import dev.ingot.testkit.LongTest;
import dev.ingot.testkit.SparkTest;
import dev.ingot.testkit.TemporaryLake;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What each way to write a table does with a batch, beyond what the histories show. */
@SparkTest
class TargetModesTest {

    private static final String SHAPE = "id INT, seq INT, op STRING, city STRING";

    private TestProject project;

    @BeforeEach
    void project(SparkSession spark, TemporaryLake folder) {
        project = new TestProject(spark, folder);
        project.data("landing/1.csv", "id,seq,op,city", "1,1,U,Oslo", "2,1,U,Rome");
    }

    private void target(String... words) {
        project.pipeline("cities", """
                name: cities
                source:
                  files: {path: landing, format: csv, schema: "%s"}
                target:
                  layer: bronze
                  %s
                """.formatted(SHAPE, String.join("\n  ", words)));
    }

    private void assertCities(Row... rows) {
        assertTable(project.table("bronze.cities").rows().select("id", "seq", "city"))
                .hasRows("id INT, seq INT, city STRING", rows);
    }

    private RowCounts counts() {
        return written(project.run(), "bronze.cities").counts();
    }

    @Test
    void aDeletedKeyStaysDeletedForOlderRowsAndComesBackWithANewerOne() {
        target("mode: merge", "keys: [id]", "sequence_by: [seq]", "delete_when: op = 'D'");
        assertEquals(new RowCounts(2, 2, 0, 0, 0, 0, 0, 0), counts());
        project.data("landing/2.csv", "id,seq,op,city", "1,5,D,", "3,5,D,");
        assertEquals(new RowCounts(2, 0, 0, 1, 1, 0, 0, 0), counts());
        project.data("landing/3.csv", "id,seq,op,city", "1,4,U,Late", "3,4,U,Late", "2,2,U,Bern");
        assertEquals(new RowCounts(3, 0, 1, 0, 0, 2, 0, 0), counts());
        assertCities(row(2, 2, "Bern"));
        project.data("landing/4.csv", "id,seq,op,city", "1,6,U,Back", "2,1,D,");
        assertEquals(new RowCounts(2, 1, 0, 0, 0, 1, 0, 0), counts());
        assertCities(row(1, 6, "Back"), row(2, 2, "Bern"));
    }

    @Test
    void aRowThatDeletesIsJudgedByItsKeysOnlyAndNeedsNoColumnOfItsOwn() {
        target(
                "mode: merge",
                "keys: [id]",
                "sequence_by: [seq]",
                "delete_when: op = 'D'",
                "columns:",
                "  - {name: id, type: int}",
                "  - {name: seq, type: int}",
                "  - {name: city, type: string, nullable: false}");
        project.run();
        project.data("landing/2.csv", "id,seq,op,city", "1,5,D,", ",5,D,", "2,2,U,");

        assertEquals(new RowCounts(3, 0, 0, 1, 0, 0, 0, 2), counts());
        assertTable(project.table("bronze.cities").rows().drop("_source_file", "_ingested_at", "_run_id"))
                .hasRows("id INT, seq INT, city STRING", row(2, 1, "Rome"));
    }

    @Test
    void insertOnlyKeepsWhatWasThereFirst() {
        target("mode: merge", "keys: [id]", "insert_only: true");
        project.run();
        project.data("landing/2.csv", "id,seq,op,city", "1,2,U,Bern", "3,1,U,Bonn");

        assertEquals(new RowCounts(2, 1, 0, 0, 0, 1, 0, 0), counts());
        assertCities(row(1, 1, "Oslo"), row(2, 1, "Rome"), row(3, 1, "Bonn"));
    }

    @Test
    void updateColumnsLeaveTheOthersAsTheFirstRowBroughtThem() {
        target("mode: merge", "keys: [id]", "sequence_by: [seq]", "update_columns: [op]");
        project.run();
        project.data("landing/2.csv", "id,seq,op,city", "1,2,X,Bern");
        project.run();

        assertTable(project.table("bronze.cities").rows().select("id", "seq", "op", "city"))
                .hasRows(SHAPE, row(1, 2, "X", "Oslo"), row(2, 1, "U", "Rome"));
    }

    @Test
    void aValueThatIsMissingMayMeanThatNothingChanged() {
        target("mode: merge", "keys: [id]", "sequence_by: [seq]", "delete_when: op = 'D'", "null_means: unchanged");
        project.run();
        project.data("landing/2.csv", "id,seq,op,city", "1,2,X,", "2,2,D,", "2,3,Y,", "3,1,,Bonn", "3,2,Z,", "3,3,,");
        assertEquals(new RowCounts(6, 1, 2, 0, 0, 3, 0, 0), counts());
        assertTable(project.table("bronze.cities").rows().select("id", "seq", "op", "city"))
                .hasRows(SHAPE, row(1, 2, "X", "Oslo"), row(2, 3, "Y", null), row(3, 3, "Z", "Bonn"));
        project.data("landing/3.csv", "id,seq,op,city", "1,3,,", "3,3,,");

        assertEquals(new RowCounts(2, 0, 1, 0, 1, 0, 0, 0), counts());
        assertCities(row(1, 3, "Oslo"), row(2, 3, null), row(3, 3, "Bonn"));
    }

    @LongTest
    @Test
    void aLateRowFillsNothingOfALaterOne() {
        target("mode: merge", "keys: [id]", "sequence_by: [seq, op]", "delete_when: op = 'D'", "null_means: unchanged");
        project.data("landing/1.csv", "id,seq,op,city", "1,2,U,Bern", "2,3,D,", "3,2,U,Bern", "4,5,U,Wien");
        project.run();
        project.data(
                "landing/2.csv",
                "id,seq,op,city",
                "1,1,U,Oslo",
                "1,3,U,",
                "2,2,U,Rome",
                "2,4,U,",
                "3,1,D,",
                "3,3,U,",
                "4,6,,");
        project.run();
        project.data("landing/3.csv", "id,seq,op,city", "4,6,A,");
        project.run();

        assertTable(project.table("bronze.cities").rows().select("id", "seq", "op", "city"))
                .hasRows(
                        SHAPE,
                        row(1, 3, "U", "Bern"),
                        row(2, 4, "U", null),
                        row(3, 3, "U", "Bern"),
                        row(4, 6, "A", "Wien"));
    }

    @Test
    void aKeyInAnotherCaseIsTheSameColumn() {
        target("mode: merge", "keys: [ID]", "sequence_by: [SEQ]");
        project.run();
        project.data("landing/2.csv", "id,seq,op,city", "1,2,U,Bern");
        project.run();

        assertCities(row(1, 2, "Bern"), row(2, 1, "Rome"));
    }

    @Test
    void aPersonsKeyStandsInNoMessage() {
        target("mode: merge", "keys: [city]", "columns: [{name: city, type: string, pii: true}]", "columns_open: true");
        project.data("landing/1.csv", "id,seq,op,city", "1,1,U,Oslo", "2,1,U,Oslo");
        String refused = failure(project.run(), "bronze.cities");

        assertTrue(refused.contains("several different rows have the key city = ***\n"), refused);
    }

    @Test
    void rowsOfOneKeyThatNothingTellsApartAreNamed() {
        target("mode: merge", "keys: [id]", "sequence_by: [seq]");
        project.data("landing/1.csv", "id,seq,op,city", "1,1,U,Oslo", "1,1,U,Bern", "2,1,U,A", "2,1,U,B", "2,2,U,C");
        List<String> warnings = project.run().pipelines().get(0).warnings();

        assertEquals(1, warnings.size(), warnings.toString());
        assertTrue(
                warnings.get(0).contains("several different rows with the same 'sequence_by' value")
                        && warnings.get(0).endsWith(": id = 1."),
                warnings.get(0));
    }

    @Test
    void whereNothingCanMeetABatchItIsOnlyInserted() {
        target("mode: merge", "keys: [id]", "sequence_by: [seq]", "delete_when: op = 'D'");
        project.run();
        project.data("landing/2.csv", "id,seq,op,city", "11,1,U,Bern", "12,1,D,Wien", "12,2,U,Wien", "13,1,D,Bonn");

        assertEquals(new RowCounts(4, 2, 0, 0, 1, 1, 0, 0), counts());
        Row merged = project.table("bronze.cities")
                .history()
                .selectExpr("operation", "operationParameters['matchedPredicates']")
                .head();
        assertEquals(row("MERGE", "[]"), merged);
        project.data("landing/3.csv", "id,seq,op,city", "2,2,U,Bari", "14,1,U,Graz");
        assertEquals(new RowCounts(2, 1, 1, 0, 0, 0, 0, 0), counts());
        assertCities(row(1, 1, "Oslo"), row(2, 2, "Bari"), row(11, 1, "Bern"), row(12, 2, "Wien"), row(14, 1, "Graz"));
    }

    @Test
    void whatIsReadAsAWholeRewritesOnlyFilesWithRowsThatChanged() {
        project.pipeline("cities", """
                name: cities
                source:
                  files: {path: landing, format: csv, schema: "%s"}
                  read: all
                target: {layer: bronze, mode: merge, keys: [id], sequence_by: [seq], partition_by: [op], deletion_vectors: false}
                """.formatted(SHAPE));
        project.data("landing/1.csv", "id,seq,op,city", "1,1,A,Oslo", "2,1,B,Rome", "3,1,A,Bonn");
        project.run();
        String[] before =
                project.table("bronze.cities").rows().filter("op = 'B'").inputFiles();
        project.data("landing/2.csv", "id,seq,op,city", "1,2,A,Bern", "4,1,A,Wien");

        assertEquals(new RowCounts(5, 1, 1, 0, 2, 1, 0, 0), counts());
        assertCities(row(1, 2, "Bern"), row(2, 1, "Rome"), row(3, 1, "Bonn"), row(4, 1, "Wien"));
        assertArrayEquals(
                before, project.table("bronze.cities").rows().filter("op = 'B'").inputFiles());
    }

    @Test
    void severalDifferentRowsForOneKeyWithoutASequenceStopTheBatchByName() {
        target("mode: merge", "keys: [id]");
        project.data("landing/2.csv", "id,seq,op,city", "1,1,U,Oslo", "7,1,U,A", "7,2,U,B");
        String failure = failure(project.run(), "bronze.cities");

        assertTrue(
                failure.contains("DATA-002") && failure.contains("several different rows have the key id = 7"),
                failure);
    }

    @Test
    void aSnapshotWithoutRowsIsNotTakenForAnEmptySource() {
        target("mode: merge", "keys: [id]", "absent: delete");
        project.pipeline("cities", """
                name: cities
                source:
                  files: {path: landing, format: csv, schema: "%s", snapshots: one_per_file}
                target: {layer: bronze, mode: merge, keys: [id], absent: delete}
                """.formatted(SHAPE));
        project.run();
        project.data("landing/2.csv", "id,seq,op,city");
        assertTrue(failure(project.run(), "bronze.cities").contains("DATA-007"));
        assertCities(row(1, 1, "Oslo"), row(2, 1, "Rome"));
        project.data("landing/2.csv", "id,seq,op,city", "2,1,U,Rome");
        assertEquals(new RowCounts(2, 0, 0, 1, 1, 0, 0, 0), counts());
        project.data("landing/0.csv", "id,seq,op,city", "9,1,U,Old");
        RunReport late = project.run();
        assertInstanceOf(Outcome.NothingNew.class, outcome(late, "bronze.cities"));
        assertTrue(late.pipelines().get(0).warnings().get(0).contains("0.csv is not read: the snapshot"));
    }

    @LongTest
    @Test
    void historyHasAStateForEachChangeAndPutsALateEventBetweenTwo() {
        target("mode: scd2", "keys: [id]", "sequence_by: [seq]", "delete_when: op = 'D'");
        assertEquals(new RowCounts(2, 2, 0, 0, 0, 0, 0, 0), counts());
        project.data("landing/2.csv", "id,seq,op,city", "1,9,U,Bern", "1,9,U,Bern", "2,4,D,", "2,6,D,", "1,3,U,Oslo");
        assertEquals(new RowCounts(5, 1, 0, 1, 2, 1, 0, 0), counts());
        project.data("landing/3.csv", "id,seq,op,city", "1,2,U,Bonn", ",1,U,Nowhere", "3,,U,Never");
        assertEquals(new RowCounts(3, 1, 0, 0, 0, 0, 0, 2), counts());

        assertTable(project.table("bronze.cities").rows().select("id", "city", "valid_from", "valid_to", "is_current"))
                .hasRows(
                        "id INT, city STRING, valid_from INT, valid_to INT, is_current BOOLEAN",
                        row(1, "Oslo", 1, 2, false),
                        row(1, "Bonn", 2, 3, false),
                        row(1, "Oslo", 3, 9, false),
                        row(1, "Bern", 9, null, true),
                        row(2, "Rome", 1, 4, false));
    }

    @Test
    void historyMayNotUseANameThatTheRowsHave() {
        target("mode: scd2", "keys: [id]", "sequence_by: [seq]", "current: city");
        String failure = org.junit.jupiter.api.Assertions.assertThrows(
                        dev.ingot.diagnostics.IngotException.class, project::run)
                .getMessage();

        assertTrue(failure.contains("the rows already have a column 'city'"), failure);
    }

    @Test
    void partitionsOfTheRowsAreReplacedAndOthersStay() {
        target("mode: overwrite_partitions", "partition_by: [seq]");
        project.data("landing/1.csv", "id,seq,op,city", "1,1,U,Oslo", "2,2,U,Rome", "3,,U,Bonn");
        project.run();
        project.pipeline("cities", """
                name: cities
                source:
                  files: {path: landing, format: csv, schema: "%s"}
                  read: new
                quality:
                  - row_count: {min: 4}
                target: {layer: bronze, mode: overwrite_partitions, partition_by: [seq]}
                """.formatted(SHAPE));
        project.data("landing/2.csv", "id,seq,op,city", "5,2,U,Bern", "6,2,U,Graz");
        project.run();

        assertCities(row(1, 1, "Oslo"), row(5, 2, "Bern"), row(6, 2, "Graz"), row(3, null, "Bonn"));
        assertEquals(
                List.of("seq"),
                project.table("bronze.cities")
                        .history()
                        .sparkSession()
                        .sql("DESCRIBE DETAIL delta.`" + project.lake().resolve("bronze/cities") + "`")
                        .first()
                        .getList(7));
    }

    @Test
    void whatMeetsAConditionIsReplacedAndNothingElseMayCome() {
        target("mode: overwrite_partitions", "where: seq = :var_least + 2");
        project.data("landing/1.csv", "id,seq,op,city", "2,2,U,Rome");
        project.run();
        project.data("landing/1.csv", "id,seq,op,city", "3,2,U,Bern");
        project.run();
        assertCities(row(3, 2, "Bern"));
        project.data("landing/2.csv", "id,seq,op,city", "4,3,U,Graz");
        String failure = failure(project.run(), "bronze.cities");

        assertTrue(
                failure.contains("Cannot replace the rows that meet 'seq = :var_least + 2': 1 row of the batch does not"
                        + " meet it"),
                failure);
        assertCities(row(3, 2, "Bern"));
    }

    @Test
    void partitionsAreNotReplacedInATableThatIsPartedOtherwise() {
        target("mode: overwrite_partitions", "partition_by: [seq]");
        project.run();
        target("mode: overwrite_partitions", "partition_by: [city]");
        project.data("landing/2.csv", "id,seq,op,city", "3,1,U,Oslo");
        String failure = failure(project.run(), "bronze.cities");

        assertTrue(
                failure.contains("Cannot replace partitions by city: the existing table is partitioned by seq"),
                failure);
        assertCities(row(1, 1, "Oslo"), row(2, 1, "Rome"));
    }
}
