package dev.ingot.run;

import static dev.ingot.run.TestProject.failure;
import static dev.ingot.run.TestProject.written;
import static dev.ingot.testkit.TableAssert.assertTable;
import static dev.ingot.testkit.TableAssert.row;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ingot.delta.DeltaTables;
import dev.ingot.diagnostics.IngotException;
import dev.ingot.testkit.SparkTest;
import dev.ingot.testkit.TemporaryLake;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a target cannot be, or cannot do to what lies at its place: told with place, reason and remedy. */
@SparkTest
class BadTargetTest {

    private static final String NUMBERS = """
            name: numbers
            source:
              files: {path: landing, format: csv, schema: "id INT, n INT"}
            transformations:
              - derive:
                  m: map('a', n)
            target: {layer: bronze, mode: merge, keys: [id], sequence_by: [n]}
            """;

    private SparkSession spark;
    private TestProject project;

    @BeforeEach
    void numbers(SparkSession session, TemporaryLake folder) {
        spark = session;
        project = new TestProject(session, folder).pipeline("numbers", NUMBERS);
        project.data("landing/1.csv", "id,n", "1,1", "2,", ",3");
    }

    private String location() {
        return project.lake().resolve("bronze/numbers").toString();
    }

    private String refused() {
        return assertThrows(IngotException.class, project::run).getMessage();
    }

    @Test
    void aKeyThatIsNotInTheRowsOrHasNoOrderIsToldAtItsPlace() {
        project.pipeline("numbers", NUMBERS.replace("keys: [id]", "keys: [ident]"));
        String unknown = refused();
        assertTrue(
                unknown.startsWith("pipelines/numbers.yml:7:45  error PLAN-007  Cannot plan mode 'merge': there is no"
                        + " column 'ident'"),
                unknown);
        project.pipeline("numbers", NUMBERS.replace("keys: [id]", "keys: [id, m]"));
        String map = refused();
        assertTrue(
                map.startsWith("pipelines/numbers.yml:7:49  error PLAN-007  Cannot plan mode 'merge': 'm' is of type"
                        + " map<string,int>, whose values cannot be compared"),
                map);
    }

    @Test
    void aColumnByWhichTheTableIsLaidHasToBeThere() {
        project.pipeline("numbers", NUMBERS.replace("keys: [id]", "keys: [id], cluster_by: [day]"));
        String refused = refused();

        assertTrue(
                refused.startsWith(
                        "pipelines/numbers.yml:7:63  error PLAN-007  Cannot partition or cluster bronze.numbers by 'day':"
                                + " the table has no such column\n    accepted: id, n, m, _source_file, _ingested_at, _run_id"),
                refused);
    }

    @Test
    void rowsWithoutAKeyAreHeldBackAndOnesWithoutASequenceAreTheOldest() {
        assertEquals(1, written(project.run(), "bronze.numbers").counts().quarantined());
        project.data("landing/2.csv", "id,n", "2,-5", "1,");
        project.run();

        assertTable(project.table("bronze.numbers").rows().select("id", "n"))
                .hasRows("id INT, n INT", row(1, 1), row(2, -5));
    }

    @Test
    void aPlaceThatHoldsFilesThatAreNoTableIsLeftAlone() throws IOException {
        Path theirs = Files.createDirectories(Path.of(location())).resolve("theirs.parquet");
        Files.writeString(theirs, "not ours");
        String refused = failure(project.run(), "bronze.numbers");

        assertTrue(
                refused.contains("ENV-005  Cannot write bronze.numbers: " + location()
                        + " has files that belong to no Delta table (theirs.parquet)"),
                refused);
        assertEquals("not ours", Files.readString(theirs));
    }

    @Test
    void aTableThatAnotherHandMadeIsNotWrittenTo() {
        spark.range(3).write().format("delta").save(location());
        String refused = failure(project.run(), "bronze.numbers");

        assertTrue(
                refused.contains("ENV-005  Cannot write bronze.numbers: the table at " + location()
                        + " was created outside Ingot"),
                refused);
        assertEquals(0, project.table("bronze.numbers").version());
    }

    @Test
    void rowsThatAnotherHandAddedOrTookAwayStaySo() {
        project.run();
        spark.sql("DELETE FROM delta.`" + location() + "` WHERE id = 2");
        spark.sql("INSERT INTO delta.`" + location() + "` SELECT 7, n, m, _source_file, _ingested_at, _run_id FROM"
                + " delta.`" + location() + "` WHERE id = 1");
        project.data("landing/2.csv", "id,n", "3,3");
        project.run();

        assertTable(project.table("bronze.numbers").rows().select("id", "n"))
                .hasRows("id INT, n INT", row(1, 1), row(3, 3), row(7, 1));
    }

    @Test
    void aVersionWhoseFilesAreGoneIsNamed() {
        project.run();
        project.data("landing/2.csv", "id,n", "1,2", "2,2");
        project.run();
        spark.sql("ALTER TABLE delta.`" + location()
                + "` SET TBLPROPERTIES ('delta.deletedFileRetentionDuration' = 'interval 0 seconds')");
        DeltaTables.vacuum(spark, location(), Duration.ZERO);
        project.pipeline("past", """
                name: past
                source: {table: bronze.numbers, as_of: {version: 1}}
                target: {layer: silver, mode: overwrite}
                """);
        String gone = failure(project.run(), "silver.past");

        assertTrue(
                gone.startsWith("pipelines/past.yml:2:10  error PLAN-012  Cannot read a past version of bronze.numbers:"
                                + " version 1 cannot be read, because its file ")
                        && gone.contains(" was removed, perhaps by VACUUM"),
                gone);
    }

    @Test
    void aFailedRuleAFailedContractAndAnEmptyInputLeaveAnOverwrittenTableAsItWas() {
        String table = """
                name: copy
                source: {table: bronze.numbers}
                quality:
                  - expression: n < %s
                    on_violation: fail
                target: {layer: silver, mode: overwrite, columns: [{name: id, type: %s}], columns_open: true}
                """;
        project.pipeline("copy", table.formatted("10", "int"));
        project.run();
        long version = project.table("silver.copy").version();
        project.data("landing/2.csv", "id,n", "3,30");
        assertTrue(failure(project.run(), "silver.copy").contains("DATA-001  Cannot write silver.copy"));
        project.pipeline("copy", table.formatted("100", "date"));
        assertTrue(
                refused().contains("PLAN-008  Cannot write silver.copy: the rows have 'id' as int, but the contract"));
        project.pipeline(
                "copy",
                table.formatted("100", "int").replace("quality", "transformations:\n  - filter: id > 5\nquality"));
        assertTrue(failure(project.run(), "silver.copy").contains("DATA-007"));

        assertEquals(version, project.table("silver.copy").version());
        assertTable(project.table("silver.copy").rows().select("id", "n"))
                .hasRows("id INT, n INT", row(1, 1), row(2, null));
    }
}
