package dev.ingot.run;

import static dev.ingot.run.TestProject.failure;
import static dev.ingot.run.TestProject.written;
import static dev.ingot.testkit.TableAssert.assertTable;
import static dev.ingot.testkit.TableAssert.row;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ingot.run.history.RunReport;
import dev.ingot.run.write.RowCounts;
import dev.ingot.testkit.LongTest;
import dev.ingot.testkit.SparkTest;
import dev.ingot.testkit.TemporaryLake;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;

/** Files are landed, merged and read through the change feed: run on every Spark line. */
@LongTest
@SparkTest
class SparkLineSmokeTest {

    @Test
    void landsMergesAndReads(SparkSession spark, TemporaryLake folder) {
        TestProject project = new TestProject(spark, folder)
                .pipeline("landed", """
                        name: landed
                        source:
                          files: {path: landing, format: json, schema: "id INT, n STRING, at INT"}
                        target: {layer: bronze, mode: append}
                        """)
                .pipeline("merged", """
                        name: merged
                        source: {table: bronze.landed}
                        transformations:
                          - cast: {n: int}
                          - select: [id, n, at]
                        quality:
                          - range: {column: n, max: 100}
                        target: {layer: silver, mode: merge, keys: [id], sequence_by: [at]}
                        """)
                .pipeline("summed", """
                        name: summed
                        source: {table: silver.merged}
                        transformations:
                          - sql: SELECT count(*) AS rows, sum(n) AS n FROM input WHERE n >= :var_least
                        target: {layer: gold, mode: overwrite}
                        """);
        project.data("landing/a.json", "{\"id\": 1, \"n\": \"1\", \"at\": 1}", "{\"id\": 2, \"n\": \"x\", \"at\": 1}");
        assertEquals(
                new RowCounts(2, 1, 0, 0, 0, 0, 0, 1),
                written(project.run(), "silver.merged").counts());

        project.data(
                "landing/b.json",
                "{\"id\": 1, \"n\": \"9\", \"at\": 0}",
                "{\"id\": 1, \"n\": \"5\", \"at\": 2}",
                "{\"id\": 3, \"n\": \"3\", \"at\": 1}",
                "{\"id\": 4, \"n\": \"400\", \"at\": 1}");
        assertEquals(
                new RowCounts(4, 1, 1, 0, 0, 1, 0, 1),
                written(project.run(), "silver.merged").counts());

        assertTable(project.table("silver.merged")).hasRows("id INT, n INT, at INT", row(1, 5, 2), row(3, 3, 1));
        assertTable(project.table("gold.summed")).hasRows("rows BIGINT, n BIGINT", row(2L, 8L));
        assertTable(project.table("silver.merged_quarantine").rows().selectExpr("rules[0] AS rule"))
                .hasRows("rule STRING", row("type"), row("range(n)"));
    }

    /** Where Delta can cluster it is told once; where it cannot, that is said. */
    @Test
    void clustersOrSaysThatItCannot(SparkSession spark, TemporaryLake folder) {
        TestProject project = new TestProject(spark, folder).pipeline("numbers", """
                        name: numbers
                        description: Some numbers.
                        source:
                          files: {path: landing, format: json, schema: "id INT, n INT"}
                        target: {layer: bronze, mode: append, cluster_by: [id], constraints: {known: id > 0}}
                        """);
        project.data("landing/a.json", "{\"id\": 1, \"n\": 1}");
        RunReport first = project.run();
        if (spark.version().startsWith("3.4")) {
            String refused = failure(first, "bronze.numbers");
            assertTrue(refused.contains("liquid clustering needs Delta 3.1 or newer"), refused);
            return;
        }
        long made = project.table("bronze.numbers").version();
        project.data("landing/b.json", "{\"id\": 2, \"n\": 1}");
        assertEquals(made + 1, written(project.run(), "bronze.numbers").after());
    }
}
