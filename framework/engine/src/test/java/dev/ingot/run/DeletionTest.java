package dev.ingot.run;

import static dev.ingot.run.TestProject.failure;
import static dev.ingot.run.TestProject.written;
import static dev.ingot.testkit.TableAssert.assertTable;
import static dev.ingot.testkit.TableAssert.row;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ingot.run.history.RunReport;
import dev.ingot.testkit.SparkTest;
import dev.ingot.testkit.TemporaryLake;
import io.delta.tables.DeltaTable;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a deletion in a table does to the tables that are made of it. */
@SparkTest
class DeletionTest {

    private static final String READER = """
            name: reader
            source: {table: silver.orders}
            transformations:
              - filter: amount > 0
              - derive: {double: amount * 2}
            quality:
              - range: {column: amount, max: 1000}
              - unique: [id]
            target: {layer: gold, mode: merge, keys: [id], sequence_by: [revision]}
            """;

    @RegisterExtension
    static final ProjectStages STAGES = new ProjectStages();

    private TestProject project;
    private SparkSession spark;

    @BeforeEach
    void orders(SparkSession session, TemporaryLake folder) {
        spark = session;
        project = new TestProject(session, folder)
                .pipeline("raw", """
                        name: raw
                        source:
                          files: {path: landing, format: csv, schema: "id INT, amount INT, revision INT"}
                        target: {layer: bronze, mode: append}
                        """)
                .pipeline("orders", """
                        name: orders
                        source: {table: bronze.raw}
                        target: {layer: silver, mode: merge, keys: [id], sequence_by: [revision]}
                        """)
                .pipeline("reader", READER);
        project.data("landing/a.csv", "id,amount,revision", "1,10,1", "2,20,1", "3,30,1", "4,40,1");
        STAGES.reach("first run", project, project::run);
    }

    private void delete(String table, String condition) {
        DeltaTable.forPath(spark, project.lake().resolve(table).toString()).delete(condition);
    }

    @Test
    void aDeletedRowTakesTheRowMadeOfItAlong() {
        delete("silver/orders", "id = 2");
        RunReport report = project.run();

        assertEquals(1, written(report, "gold.reader").counts().deleted());
        assertTable(project.table("gold.reader").rows().select("id")).hasRows("id INT", row(1), row(3), row(4));
    }

    @Test
    void aRowThatNoLongerPassesAFilterGoesAndOneThatARuleHoldsBackStaysAsItWas() {
        project.data("landing/b.csv", "id,amount,revision", "1,-1,2", "3,9999,2", "4,41,2");
        RunReport report = project.run();

        assertEquals(1, written(report, "gold.reader").counts().quarantined());
        assertTable(project.table("gold.reader").rows().select("id", "amount"))
                .hasRows("id INT, amount INT", row(2, 20), row(3, 30), row(4, 41));
    }

    @Test
    void whatARowWasExplodedIntoFollowsTheRow() {
        project.pipeline("reader", """
                name: reader
                source: {table: silver.orders}
                transformations:
                  - derive:
                      parts: "sequence(1, CAST(amount div 10 AS INT))"
                  - explode: {column: parts, as: part}
                target: {layer: gold, mode: merge, keys: [id, part], sequence_by: [revision]}
                """);
        project.refresh("gold.reader");
        project.data("landing/b.csv", "id,amount,revision", "3,10,2");
        delete("silver/orders", "id = 4");
        project.run();

        assertTable(project.table("gold.reader").rows().select("id", "part"))
                .hasRows("id INT, part INT", row(1, 1), row(2, 1), row(2, 2), row(3, 1));
    }

    @Test
    void aDeletionThatCannotBeFollowedStopsTheTableUntilItIsIgnored() {
        String keyless = READER.replace("mode: merge, keys: [id], sequence_by: [revision]", "mode: append");
        project.pipeline("reader", keyless);
        project.refresh("gold.reader");
        delete("silver/orders", "id = 2");
        String failure = failure(project.run(), "gold.reader");

        assertTrue(
                failure.contains("pipelines/reader.yml:2:17  error DATA-004  Cannot apply the changes of silver.orders:"
                        + " rows were deleted from it, and the rows derived from them cannot be found by its"
                        + " keys (id)"),
                failure);
        project.data("landing/b.csv", "id,amount,revision", "5,50,1");
        project.pipeline(
                "reader", keyless.replace("{table: silver.orders}", "{table: {name: silver.orders, deletes: ignore}}"));
        project.run();
        assertTable(project.table("gold.reader").rows().select("id"))
                .hasRows("id INT", row(1), row(2), row(3), row(4), row(5));
    }

    @Test
    void keysThatAStepChangesAreNotFollowed() {
        project.pipeline("reader", READER.replace("{double: amount * 2}", "{double: amount * 2, id: id % 2}"));
        project.refresh("gold.reader");
        delete("silver/orders", "id = 2");

        assertTrue(failure(project.run(), "gold.reader").contains("DATA-004"));
    }
}
