package dev.ingot.run.recovery;

import static dev.ingot.run.TestProject.outcome;
import static dev.ingot.run.TestProject.written;
import static dev.ingot.testkit.TableAssert.assertTable;
import static dev.ingot.testkit.TableAssert.row;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ingot.delta.DeltaTables;
import dev.ingot.diagnostics.IngotException;
import dev.ingot.names.TableId;
import dev.ingot.run.ProjectStages;
import dev.ingot.run.TestProject;
import dev.ingot.run.history.Outcome;
import dev.ingot.run.history.RunReport;
import dev.ingot.run.recovery.Rollback.Later;
import dev.ingot.state.RollbackRecord;
import dev.ingot.testkit.LongTest;
import dev.ingot.testkit.SparkTest;
import dev.ingot.testkit.TemporaryLake;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A bad run is taken back as a whole: tables, quarantines, and what counts as read. */
@SparkTest
class RollbackTest {

    private static final List<String> TABLES = List.of(
            "bronze.numbers",
            "bronze.numbers_quarantine",
            "bronze.others",
            "silver.numbers",
            "silver.states",
            "silver.both");

    @RegisterExtension
    static final ProjectStages STAGES = new ProjectStages();

    private SparkSession spark;
    private TestProject project;

    @BeforeEach
    void twoTables(SparkSession session, TemporaryLake folder) {
        spark = session;
        project = new TestProject(session, folder);
        project.pipeline("numbers_raw", """
                name: numbers
                source:
                  files: {path: landing, format: csv, schema: "id INT, n INT, op STRING"}
                quality:
                  - expression: n < 100
                target: {layer: bronze, mode: append}
                """).pipeline("numbers", """
                name: numbers
                source: {table: bronze.numbers}
                target:
                  layer: silver
                  mode: merge
                  keys: [id]
                  sequence_by: [n]
                  delete_when: op = 'D'
                """);
        project.data("landing/1.csv", "id,n,op", "1,1,U", "2,1,U", "3,200,U");
    }

    private void firstRun() {
        STAGES.reach("first run", project, this::runAndDeliver);
    }

    private void secondRun() {
        STAGES.reach("second run", project, () -> {
            firstRun();
            project.run();
        });
    }

    private void runAndDeliver() {
        project.run();
        project.data("landing/2.csv", "id,n,op", "1,5,U", "2,5,D", "4,1,U", "5,500,U");
        project.data("others/2.csv", "id", "4");
    }

    private void fiveTables() {
        project.data("others/1.csv", "id", "1");
        project.pipeline("others", """
                name: others
                source:
                  files: {path: others, format: csv, schema: "id INT"}
                target: {layer: bronze, mode: append}
                """).pipeline("states", """
                name: states
                source: {table: bronze.numbers}
                target: {layer: silver, mode: scd2, keys: [id], sequence_by: [n]}
                """).pipeline("both", """
                name: both
                sources:
                  numbers: {table: silver.numbers, read: all}
                  others: {table: bronze.others}
                input: numbers
                transformations:
                  - join: {with: others, condition: numbers.id = others.id, type: left, columns: [id AS other]}
                target: {layer: silver, mode: overwrite}
                """.replace("numbers.id", "input.id"));
    }

    private Rollback rollback(Consumer<String> steps) {
        return new Rollback(project.context(), "undo", warning -> {}, steps);
    }

    private Map<String, List<String>> contents() {
        Map<String, List<String>> contents = new TreeMap<>();
        for (String table : TABLES) {
            contents.put(
                    table,
                    project.table(table).rows().toJSON().collectAsList().stream()
                            .map(row -> row.replace("run3", "run2")
                                    .replaceAll("T03:0\\d:", "T03:xx:")
                                    .replaceAll(",\"_batch\":\\d+", ""))
                            .sorted()
                            .toList());
        }
        return contents;
    }

    @LongTest
    @Test
    void aRollbackOfFiveTablesThatIsKilledAtEveryStepIsBroughtToItsEnd() {
        fiveTables();
        runAndDeliver();
        Map<String, List<String>> before = contents();
        project.run();
        Map<String, List<String>> after = contents();
        List<String> survived = new ArrayList<>();
        for (int life = 1; !survived.contains("done"); life++) {
            survived.addAll(rollBackUntil(life));
        }

        assertEquals(
                List.of(
                        "begun",
                        "restored bronze.others",
                        "restored silver.both",
                        "restored silver.numbers",
                        "restored silver.states"),
                survived.subList(0, 5));
        assertEquals("ended", survived.get(survived.size() - 2));
        assertEquals(before, contents());
        RunReport again = project.run();
        assertEquals(after, contents());
        assertEquals(4, written(again, "bronze.numbers").counts().in());
        // What was deleted by the run that counts is known for late rows; by the one that was taken back it was not.
        project.data("landing/3.csv", "id,n,op", "2,4,U");
        project.run("silver.numbers", "bronze.numbers");
        assertTable(project.table("silver.numbers").rows().filter("id = 2")).hasCount(0);
        assertInstanceOf(Outcome.NothingNew.class, outcome(project.run("bronze.others"), "bronze.others"));
    }

    /** Rolls back, and dies after some steps; the step at which it died, or "done". */
    private List<String> rollBackUntil(int death) {
        List<String> steps = new ArrayList<>();
        try {
            rollback(step -> {
                        steps.add(step);
                        if (steps.size() == death) {
                            throw new Killed();
                        }
                    })
                    .ofRun("run2", Later.REFUSE);
            return List.of("done");
        } catch (Killed here) {
            return List.of(steps.get(steps.size() - 1));
        }
    }

    @Test
    void aRunFinishesARollbackThatWasCutShort() {
        secondRun();
        rollBackUntil(2);
        assertEquals(2, project.table("silver.numbers").version());
        RunReport report = project.run();

        assertEquals(4, written(report, "bronze.numbers").counts().in());
        assertEquals(4, written(report, "silver.numbers").counts().in() + 1);
        assertTable(project.table("silver.numbers").rows().select("id", "n"))
                .hasRows("id INT, n INT", row(1, 5), row(4, 1));
    }

    private static final class Killed extends Error {
        private static final long serialVersionUID = 1L;
    }

    @LongTest
    @Test
    void aRunThatOthersBuildOnIsNotRolledBackAlone() {
        firstRun();
        project.run("bronze.numbers");
        project.run("silver.numbers");
        String refused = assertThrows(
                        IngotException.class, () -> rollback(step -> {}).ofRun("run2", Later.REFUSE))
                .getMessage();
        assertTrue(
                refused.contains(
                                "Cannot roll back run run2 alone: run run3 (silver.numbers) read version 2 of bronze.numbers")
                        && refused.contains("Add '--cascade'"),
                refused);
        assertEquals(2, project.table("bronze.numbers").version());

        List<RollbackRecord.Step> steps = rollback(step -> {}).ofRun("run2", Later.CASCADE);
        assertEquals(
                List.of("bronze.numbers", "silver.numbers"),
                steps.stream().map(RollbackRecord.Step::table).toList());
        assertTable(project.table("silver.numbers").rows().select("id", "n"))
                .hasRows("id INT, n INT", row(1, 1), row(2, 1));
        assertEquals(4, written(project.run(), "silver.numbers").counts().in() + 1);
    }

    @Test
    void whatTheRunDidToTheTableItselfGoesWithItsRows() {
        String wide = """
                name: wide
                source: {table: bronze.numbers}
                %s
                target: {layer: silver, mode: merge, keys: [id], on_schema_change: widen, constraints: {%s}}
                """;
        project.pipeline("wide", wide.formatted("", "known: id > 0"));
        runAndDeliver();
        project.pipeline(
                "wide",
                wide.formatted(
                        "transformations: [{derive: {more: n + 1}}, {cast: {n: bigint}}]",
                        "known: id > 0, sure: id < 9"));
        project.run();
        assertTrue(project.table("silver.wide").rows().schema().simpleString().contains("n:bigint,op:string"));
        rollback(step -> {}).ofRun("run2", Later.REFUSE);

        assertFalse(project.table("silver.wide").rows().schema().simpleString().contains("more"));
        assertTrue(project.table("silver.wide").rows().schema().simpleString().contains("n:int,op:string"));
        project.pipeline("wide", wide.formatted("", "known: id > 0"));
        assertEquals(3, written(project.run(), "silver.wide").counts().in());
    }

    @Test
    void maintenanceDoesNotStandInTheWayOfARollback() {
        secondRun();
        project.data("landing/3.csv", "id,n,op", "7,1,U");
        project.run();
        maintainQuarantine();
        rollback(step -> {}).ofRun("run3", Later.REFUSE);

        assertTable(project.table("bronze.numbers_quarantine").rows()).hasCount(2);
        assertEquals(1, written(project.run(), "bronze.numbers").counts().in());
    }

    /** Its newest batch's files are gone then; its rows are in another file. */
    private void maintainQuarantine() {
        String location = project.lake().resolve("bronze/numbers_quarantine").toString();
        spark.sql("ALTER TABLE delta.`" + location
                + "` SET TBLPROPERTIES ('delta.deletedFileRetentionDuration' = 'interval 0 seconds')");
        assertEquals("OPTIMIZE", DeltaTables.optimize(spark, location).operation());
        DeltaTables.vacuum(spark, location, Duration.ZERO);
    }

    @Test
    void aVersionWhoseMarksOfDeletedRowsAreGoneIsNotGoneBackTo() {
        for (int n = 2; n < 40; n++) {
            project.data("landing/" + n + ".csv", "id,n,op", n + ",1,U");
        }
        project.run();
        project.data("landing/a.csv", "id,n,op", "1,2,U");
        project.run();
        project.data("landing/b.csv", "id,n,op", "5,2,U");
        project.run();
        String location = project.lake().resolve("silver/numbers").toString();
        spark.sql("ALTER TABLE delta.`" + location
                + "` SET TBLPROPERTIES ('delta.deletedFileRetentionDuration' = 'interval 0 seconds')");
        DeltaTables.vacuum(spark, location, Duration.ZERO);
        String refused = assertThrows(
                        IngotException.class, () -> rollback(step -> {}).ofRun("run3", Later.REFUSE))
                .getMessage();

        assertTrue(
                refused.contains(
                        "Cannot roll silver.numbers back to version 2: one of its deletion vectors was removed,"
                                + " perhaps by VACUUM"),
                refused);
        assertEquals(39, project.table("silver.numbers").rows().count());
    }

    @Test
    void aRestoreByHandToWhereTheRollbackGoesIsTheRollback() {
        secondRun();
        rollBackUntil(1);
        String location = project.lake().resolve("silver/numbers").toString();
        spark.sql("DELETE FROM delta.`" + location + "` WHERE id = 1");
        project.pipeline("apart", """
                name: apart
                source:
                  files: {path: others, format: csv, schema: "id INT"}
                target: {layer: bronze, mode: append}
                """);
        // Who has nothing to do with it is not held up.
        assertEquals(
                1, written(project.run("bronze.apart"), "bronze.apart").counts().in());
        String refused = assertThrows(IngotException.class, () -> project.run("silver.numbers"))
                .getMessage();
        assertTrue(
                refused.contains("Cannot roll back silver.numbers: another writer changed it (DELETE, version 3)"),
                refused);
        DeltaTables.restore(spark, location, 1, "by hand");
        project.run();

        assertTable(project.table("silver.numbers").rows().select("id", "n"))
                .hasRows("id INT, n INT", row(1, 5), row(4, 1));
    }

    @Test
    void aTableGoesBackToAVersionWithWhatReadIt() {
        secondRun();
        TableId bronze = new TableId("bronze", "numbers");
        String refused = assertThrows(
                        IngotException.class, () -> rollback(step -> {}).ofTable(bronze, 1, Later.REFUSE))
                .getMessage();
        assertTrue(
                refused.contains(
                        "Cannot roll back bronze.numbers to version 1 alone: run run2 (silver.numbers) read version 2"),
                refused);
        rollback(step -> {}).ofTable(bronze, 1, Later.CASCADE);

        assertTable(project.table("bronze.numbers_quarantine").rows()).hasCount(1);
        assertTable(project.table("silver.numbers").rows().select("id", "n"))
                .hasRows("id INT, n INT", row(1, 1), row(2, 1));
        assertEquals(4, written(project.run(), "bronze.numbers").counts().in());
    }

    @Test
    void whatMakesARollbackUnsafeIsToldBeforeAnythingIsDone() {
        firstRun();
        project.pipeline("copy", """
                name: copy
                source: {table: bronze.numbers, read: all}
                target: {layer: silver, mode: overwrite}
                """);
        project.run();
        project.run();
        project.data("landing/3.csv", "id,n,op", "6,1,U");
        project.run();
        String location = project.lake().resolve("silver/numbers").toString();
        spark.sql("DELETE FROM delta.`" + location + "` WHERE id = 4");
        spark.conf().set("spark.databricks.delta.retentionDurationCheck.enabled", "false");
        spark.sql("VACUUM delta.`" + project.lake().resolve("silver/copy") + "` RETAIN 0 HOURS");
        String refused = assertThrows(
                        IngotException.class, () -> rollback(step -> {}).ofRun("run4", Later.REFUSE))
                .getMessage();

        assertTrue(refused.contains("Cannot roll silver.copy back to version 1: its file"), refused);
        assertTrue(
                refused.contains("Cannot roll back silver.numbers: another writer changed it (DELETE, version 4)"),
                refused);
        assertEquals(3, project.table("bronze.numbers").version());
        String unknown = assertThrows(
                        IngotException.class, () -> rollback(step -> {}).ofRun("run9", Later.REFUSE))
                .getMessage();
        assertTrue(unknown.contains("no table holds data of such a run"), unknown);
    }
}
