package dev.ingot.run;

import static dev.ingot.run.TestProject.failure;
import static dev.ingot.run.TestProject.outcome;
import static dev.ingot.run.TestProject.written;
import static dev.ingot.testkit.TableAssert.assertTable;
import static dev.ingot.testkit.TableAssert.row;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ingot.run.history.Outcome;
import dev.ingot.run.history.RunReport;
import dev.ingot.run.write.RowCounts;
import dev.ingot.testkit.SparkTest;
import dev.ingot.testkit.TemporaryLake;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a run reads: each file once, each change once, and nothing when nothing is new. */
@SparkTest
class IncrementalRunTest {

    @RegisterExtension
    static final ProjectStages STAGES = new ProjectStages();

    private TestProject project;

    @BeforeEach
    void medallion(SparkSession spark, TemporaryLake folder) {
        project = new TestProject(spark, folder)
                .pipeline("orders_raw", """
                        name: orders_raw
                        source:
                          files: {path: landing, format: csv}
                        target: {layer: bronze, mode: append}
                        """)
                .pipeline("orders", """
                        name: orders
                        source: {table: bronze.orders_raw}
                        transformations:
                          - cast: {id: int, amount: int, revision: int}
                        quality:
                          - range: {column: amount, min: 0}
                        target: {layer: silver, mode: merge, keys: [id], sequence_by: [revision]}
                        """)
                .pipeline("totals", """
                        name: totals
                        source: {table: silver.orders}
                        transformations:
                          - aggregate: {measures: {orders: count(*), amount: sum(amount)}}
                        target: {layer: gold, mode: overwrite}
                        """);
        project.data("landing/first.csv", "id,amount,revision", "1,10,1", "2,20,1", "3,-5,1", "4,x,1");
    }

    private void firstRun() {
        STAGES.reach("first run", project, project::run);
    }

    @Test
    void theFirstRunBuildsEveryTableAndKeepsWhatItRefuses() {
        RunReport report = project.run();

        assertEquals(
                new RowCounts(4, 4, 0, 0, 0, 0, 0, 0),
                written(report, "bronze.orders_raw").counts());
        assertEquals(
                new RowCounts(4, 2, 0, 0, 0, 0, 0, 2),
                written(report, "silver.orders").counts());
        assertTable(project.table("silver.orders"))
                .hasRows("id INT, amount INT, revision INT", row(1, 10, 1), row(2, 20, 1));
        assertTable(project.table("gold.totals")).hasRows("orders BIGINT, amount BIGINT", row(2L, 30L));
        assertTable(project.table("silver.orders_quarantine")
                        .rows()
                        .selectExpr("rules[0] AS rule", "get_json_object(row, '$.amount') AS amount"))
                .hasRows("rule STRING, amount STRING", row("range(amount)", "-5"), row("type", "x"));
    }

    @Test
    void landedRowsSayWhereTheyCameFrom() {
        firstRun();

        assertTable(project.table("bronze.orders_raw")
                        .rows()
                        .selectExpr("regexp_extract(_source_file, '[^/]*$', 0) AS file", "_ingested_at", "_run_id")
                        .distinct())
                .hasRows(
                        "file STRING, _ingested_at TIMESTAMP, _run_id STRING",
                        row(
                                "first.csv",
                                java.sql.Timestamp.from(java.time.Instant.parse("2026-01-02T03:04:05Z")),
                                "run1"));
    }

    @Test
    void aRunWithNothingNewMovesNoTable() {
        firstRun();
        RunReport again = project.run();

        again.pipelines()
                .forEach(pipeline ->
                        assertInstanceOf(Outcome.NothingNew.class, pipeline.outcome(), pipeline.toString()));
        assertEquals(1, project.table("bronze.orders_raw").version());
        assertEquals(1, project.table("silver.orders").version());
        assertEquals(1, project.table("gold.totals").version());
    }

    @Test
    void aSecondDeliveryIsReadAloneAndMergedByItsSequence() {
        firstRun();
        project.data("landing/late/second.csv", "id,amount,revision", "1,11,2", "2,99,0", "5,50,1", "5,40,0", "1,11,2");
        RunReport report = project.run();

        Outcome.Written bronze = written(report, "bronze.orders_raw");
        assertEquals(5, bronze.counts().in());
        assertEquals("1 file", bronze.inputs().get("input"));
        assertEquals(
                new RowCounts(5, 1, 1, 0, 0, 3, 0, 0),
                written(report, "silver.orders").counts());
        assertTable(project.table("silver.orders"))
                .hasRows("id INT, amount INT, revision INT", row(1, 11, 2), row(2, 20, 1), row(5, 50, 1));
        assertTable(project.table("silver.orders").changes(2, 2).drop("revision"))
                .hasRows(
                        "id INT, amount INT, _change_type STRING",
                        row(1, 10, "update_preimage"),
                        row(1, 11, "update_postimage"),
                        row(5, 50, "insert"));
        assertTable(project.table("gold.totals")).hasRows("orders BIGINT, amount BIGINT", row(3L, 81L));
    }

    @Test
    void aRedeliveryChangesNothing() {
        firstRun();
        project.data("landing/again.csv", "id,amount,revision", "1,10,1", "2,20,1");
        RunReport report = project.run();

        assertEquals(
                new RowCounts(2, 0, 0, 0, 2, 0, 0, 0),
                written(report, "silver.orders").counts());
        assertTable(project.table("silver.orders").changes(2, 2)).hasNoRows();
    }

    @Test
    void aFileThatChangesAfterItWasReadIsReportedAndNotReadAgain() {
        firstRun();
        project.data("landing/first.csv", "id,amount,revision", "1,10,1", "9,90,1", "10,100,1");
        RunReport report = project.run();

        assertInstanceOf(Outcome.NothingNew.class, outcome(report, "bronze.orders_raw"));
        assertTrue(
                report.pipelines().get(0).warnings().toString().contains("was changed after it had been read"),
                () -> report.pipelines().get(0).warnings().toString());
    }

    @Test
    void aFileWithOtherColumnsThanTheTableStopsThePipelineByName() {
        firstRun();
        project.data("landing/second.csv", "id,amount,revision,coupon", "5,50,1,x");

        assertEquals(
                "pipelines/orders_raw.yml:4:9  error PLAN-009  Cannot write bronze.orders_raw:"
                        + " the table would get the new columns coupon",
                failure(project.run(), "bronze.orders_raw").lines().findFirst().orElseThrow());
        assertEquals(1, project.table("bronze.orders_raw").version());
    }

    @Test
    void aQuarantineIsReadLikeAnyTableAndMayNotBeThereYet() {
        project.pipeline("refused", """
                        name: refused
                        source: {table: silver.orders_quarantine}
                        target: {layer: silver, mode: append}
                        """).pipeline("unneeded", """
                        name: unneeded
                        source: {table: bronze.orders_raw_quarantine, read: all}
                        target: {layer: silver, mode: overwrite}
                        """);
        project.data("landing/first.csv", "id,amount,revision", "1,10,1");
        assertInstanceOf(Outcome.NothingNew.class, outcome(project.run(), "silver.refused"));
        project.data("landing/second.csv", "id,amount,revision", "2,x,1", "3,-3,1");
        project.run();
        project.data("landing/third.csv", "id,amount,revision", "4,y,1");
        RunReport report = project.run();

        assertEquals(1, written(report, "silver.refused").counts().inserted());
        assertTable(project.table("silver.refused").rows().selectExpr("rules[0] AS rule"))
                .hasRows("rule STRING", row("type"), row("range(amount)"), row("type"));
        assertInstanceOf(Outcome.NothingNew.class, outcome(report, "silver.unneeded"));
        assertTable(project.table("silver.unneeded").rows()).hasNoRows();
    }

    @Test
    void onlyWhatIsSelectedIsRun() {
        RunReport report = project.run("bronze.orders_raw");

        assertEquals(1, report.pipelines().size());
        assertTrue(project.lake().resolve("bronze/orders_raw").toFile().exists());
        assertTrue(!project.lake().resolve("silver/orders").toFile().exists());
    }

    @Test
    void aFullRefreshBuildsTheTableFromEverythingThereIs() {
        firstRun();
        project.pipeline("orders", """
                name: orders
                source: {table: bronze.orders_raw}
                transformations:
                  - cast: {id: int, amount: int, revision: int}
                  - derive: {double: amount * 2}
                quality:
                  - range: {column: amount, min: 0}
                target: {layer: silver, mode: merge, keys: [id], sequence_by: [revision]}
                """);
        project.data("landing/again.csv", "id,amount,revision", "1,9,0");
        project.run("bronze.orders_raw");
        assertEquals(
                new RowCounts(5, 2, 0, 0, 0, 1, 0, 2),
                written(project.refresh("silver.orders"), "silver.orders").counts());
        project.data("landing/second.csv", "id,amount,revision", "1,11,2");
        project.run();

        assertTable(project.table("silver.orders"))
                .hasRows("id INT, amount INT, revision INT, double INT", row(1, 11, 2, 22), row(2, 20, 1, 40));
    }

    @Test
    void aRefreshSaysWhichFilesItNoLongerFinds() throws java.io.IOException {
        firstRun();
        java.nio.file.Files.delete(project.lake().resolveSibling("landing/first.csv"));
        project.data("landing/second.csv", "id,amount,revision", "1,11,2");
        String warning = project.refresh("bronze.orders_raw")
                .pipelines()
                .get(0)
                .warnings()
                .get(0);

        assertTrue(
                warning.startsWith("The rows of 1 file (") && warning.contains("first.csv) that bronze.orders_raw was"),
                warning);
    }

    @Test
    void aSourceOfAnotherKindUnderTheSameNameStopsThePipelineUntilItIsRefreshed() {
        firstRun();
        project.pipeline("orders_raw", """
                name: orders_raw
                source:
                  rows: [{id: '7', amount: '70', revision: '1'}]
                target: {layer: bronze, mode: append}
                """);
        String failure = failure(project.run(), "bronze.orders_raw");

        assertTrue(failure.contains("DATA-005") && failure.contains("the batches so far read another source"), failure);
        assertEquals(
                1,
                written(project.refresh("bronze.orders_raw"), "bronze.orders_raw")
                        .counts()
                        .in());
        project.pipeline("orders_raw", """
                name: orders_raw
                sources:
                  known:
                    rows: [{id: '7', amount: '70', revision: '1'}]
                target: {layer: bronze, mode: append}
                """);
        assertTrue(failure(project.run(), "bronze.orders_raw").contains("none were read under this name"));
    }
}
