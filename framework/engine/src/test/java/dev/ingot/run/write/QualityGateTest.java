package dev.ingot.run.write;

import static dev.ingot.run.TestProject.failure;
import static dev.ingot.run.TestProject.outcome;
import static dev.ingot.run.TestProject.written;
import static dev.ingot.testkit.TableAssert.assertTable;
import static dev.ingot.testkit.TableAssert.row;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ingot.run.TestProject;
import dev.ingot.run.history.Outcome;
import dev.ingot.run.history.RunReport;
import dev.ingot.testkit.SparkTest;
import dev.ingot.testkit.TemporaryLake;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What rules do to a batch, on each of the three routes. */
@SparkTest
class QualityGateTest {

    private TestProject project;

    @BeforeEach
    void landing(SparkSession spark, TemporaryLake folder) {
        project = new TestProject(spark, folder);
        project.data("landing/a.csv", "id,n", "1,1", "2,2");
    }

    private void pipeline(String mode, String quality) {
        project.pipeline("numbers", """
                name: numbers
                source:
                  files: {path: landing, format: csv, schema: "id INT, n INT"}
                quality:
                %s
                target: {layer: bronze, %s}
                """.formatted(quality.indent(2).stripTrailing(), mode));
    }

    @Test
    void warnCountsAndWritesDropCountsAndLeavesOut() {
        pipeline(
                "mode: append",
                "- {expression: n < 2, name: small, on_violation: warn}\n"
                        + "- {expression: id < 2, name: first, on_violation: drop}");
        Outcome.Written written = written(project.run(), "bronze.numbers");

        assertEquals(Map.of("small", 1L, "first", 1L), written.violations());
        assertEquals(new RowCounts(2, 1, 0, 0, 0, 0, 1, 0), written.counts());
        assertTable(project.table("bronze.numbers").rows().select("id", "n")).hasRows("id INT, n INT", row(1, 1));
    }

    @Test
    void failEndsTheWriteAndLeavesTheVersion() {
        pipeline("mode: append", "- {expression: n < 10, name: small, on_violation: fail}");
        project.run();
        project.data("landing/b.csv", "id,n", "3,30", "4,40", "5,5");
        RunReport report = project.run();

        assertEquals("""
                pipelines/numbers.yml:5:6  error DATA-001  Cannot write bronze.numbers: the rule small failed (2 rows violate it)
                    The table is unchanged. Fix the data, or change the rule's 'on_violation' or 'max_violations'.""", failure(report, "bronze.numbers"));
        assertEquals(1, project.table("bronze.numbers").version());
    }

    @Test
    void aBatchThatFailedIsReadAgainOnceItsDataIsMended() {
        pipeline("mode: append", "- {expression: n < 10, name: small, on_violation: fail}");
        project.run();
        project.data("landing/b.csv", "id,n", "3,30");
        project.run();
        project.data("landing/b.csv", "id,n", "3,3");
        Outcome.Written written = written(project.run(), "bronze.numbers");

        assertEquals(1, written.counts().in());
        assertTable(project.table("bronze.numbers").rows().select("id", "n"))
                .hasRows("id INT, n INT", row(1, 1), row(2, 2), row(3, 3));
    }

    @Test
    void toomanyViolationsFailTheRunAndQuarantineNothing() {
        pipeline("mode: append", "- {expression: n < 2, name: small, max_violations: 49%}");
        RunReport report = project.run();

        assertEquals(
                "Cannot write bronze.numbers: the rule small failed (1 of 2 rows violate it, at most 49% may)",
                failure(report, "bronze.numbers").lines().findFirst().orElse("").replaceAll(".*DATA-001  ", ""));
        assertEquals(
                false,
                project.lake().resolve("bronze/numbers_quarantine").toFile().exists());
    }

    @Test
    void fewEnoughViolationsAreQuarantined() {
        pipeline("mode: append", "- {expression: n < 2, name: small, max_violations: 50%}");
        Outcome.Written written = written(project.run(), "bronze.numbers");

        assertEquals(new RowCounts(2, 1, 0, 0, 0, 0, 0, 1), written.counts());
        assertTable(project.table("bronze.numbers_quarantine").rows().selectExpr("rules", "row"))
                .hasCount(1);
    }

    @Test
    void aTableRuleSpeaksOfTheTableAsItWouldBe() {
        pipeline("mode: append", "- unique: [id]");
        project.run();
        project.data("landing/b.csv", "id,n", "2,20");
        RunReport report = project.run();

        assertInstanceOf(Outcome.Failed.class, outcome(report, "bronze.numbers"));
        assertEquals(1, project.table("bronze.numbers").version());
    }

    @Test
    void aRowThatCannotBeParsedIsKeptWithItsText() {
        pipeline("mode: append", "- {expression: n < 100, name: small, on_violation: warn}");
        project.data("landing/b.csv", "id,n", "3,3", "oops,4");
        Outcome.Written written = written(project.run(), "bronze.numbers");

        assertEquals(new RowCounts(4, 3, 0, 0, 0, 0, 0, 1), written.counts());
        assertTable(project.table("bronze.numbers_quarantine")
                        .rows()
                        .selectExpr("rules[0] AS rule", "get_json_object(row, '$._corrupt_record') AS text"))
                .hasRows("rule STRING, text STRING", row("readable", "oops,4"));
    }

    @Test
    void aValueThatDoesNotFitIsLeftOutWhereTheCastSaysSo() {
        project.pipeline("numbers", """
                name: numbers
                source:
                  files: {path: landing, format: csv}
                transformations:
                  - cast: {id: int, n: int}
                    on_violation: drop
                target: {layer: bronze, mode: append}
                """);
        project.data("landing/b.csv", "id,n", "3,x", "4,4");
        Outcome.Written written = written(project.run(), "bronze.numbers");

        assertEquals(new RowCounts(4, 3, 0, 0, 0, 0, 1, 0), written.counts());
        assertEquals(Map.of("type", 1L), written.violations());
    }

    @Test
    void anOverwriteThatWouldEmptyTheTableLeavesItAndItsQuarantineAlone() {
        pipeline("mode: overwrite", "- {expression: n < 100, name: small}");
        project.run();
        project.data("landing/a.csv", "id,n", "1,100", "2,200");
        RunReport report = project.run();

        assertEquals(
                "Cannot replace bronze.numbers: no row is left to write, and the table has rows now",
                failure(report, "bronze.numbers").lines().findFirst().orElse("").replaceAll(".*DATA-007  ", ""));
        assertEquals(1, project.table("bronze.numbers").version());
        project.data("landing/a.csv", "id,n", "1,100", "2,2");
        assertEquals(
                new RowCounts(2, 1, 0, 0, 0, 0, 0, 1),
                written(project.run(), "bronze.numbers").counts());
    }

    @Test
    void anUnreadableFileIsKeptByNameAndHoldsUpNoOther() {
        project.pipeline("numbers", """
                name: numbers
                source:
                  files: {path: parquet, format: parquet, schema: "id BIGINT"}
                target: {layer: bronze, mode: append}
                """);
        project.table("x")
                .session()
                .range(3)
                .write()
                .parquet(project.lake().resolveSibling("parquet").toString());
        project.data("parquet/broken.parquet", "this is no parquet");
        Outcome.Written written = written(project.run(), "bronze.numbers");

        assertEquals(new RowCounts(4, 3, 0, 0, 0, 0, 0, 1), written.counts());
        assertTable(project.table("bronze.numbers_quarantine")
                        .rows()
                        .selectExpr("rules[0] AS rule", "regexp_extract(_source_file, '[^/]*$', 0) AS file"))
                .hasRows("rule STRING, file STRING", row("readable", "broken.parquet"));
        assertInstanceOf(Outcome.NothingNew.class, outcome(project.run(), "bronze.numbers"));
    }

    @Test
    void aFileOfFewerColumnsStopsThePipelineAndIsNamed() {
        project.pipeline("strict", """
                name: strict
                source:
                  files: {path: strict, format: csv, schema: "id INT, n INT"}
                target: {layer: bronze, mode: append}
                """);
        project.data("strict/good.csv", "id,n", "1,1");
        project.data("strict/short.csv", "id", "1");
        String failure = failure(project.run("bronze.strict"), "bronze.strict");

        assertTrue(
                failure.contains("DATA-003  Cannot read file:")
                        && failure.contains(
                                "strict/short.csv: its header has 1 columns, but the other files or 'schema:' have 2"),
                failure);
    }

    @Test
    void aFileWithAnotherHeaderStopsThePipelineAndIsNamed() {
        project.pipeline("strict", """
                name: strict
                source:
                  files: {path: strict, format: csv, schema: "id INT, n INT"}
                target: {layer: bronze, mode: append}
                """);
        project.data("strict/good.csv", "id,n", "1,1");
        project.data("strict/odd.csv", "n,id", "1,1");
        String failure = failure(project.run("bronze.strict"), "bronze.strict");

        assertTrue(
                failure.contains("DATA-003  Cannot read file:")
                        && failure.contains("strict/odd.csv: its header (n, id)"),
                failure);
    }
}
