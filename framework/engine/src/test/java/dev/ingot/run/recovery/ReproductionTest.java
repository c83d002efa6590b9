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

import dev.ingot.delta.DeltaTables;
import dev.ingot.diagnostics.IngotException;
import dev.ingot.run.ProjectStages;
import dev.ingot.run.TestProject;
import dev.ingot.run.history.Outcome;
import dev.ingot.run.history.RunReport;
import dev.ingot.testkit.LongTest;
import dev.ingot.testkit.SparkTest;
import dev.ingot.testkit.TemporaryLake;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A run is run once more on what it read, whatever came since. */
@SparkTest
class ReproductionTest {

    private static final String ORDERS = """
            name: orders
            sources:
              orders:
                table: bronze.orders_raw
              rates:
                table: bronze.rates
            input: orders
            transformations:
              - join:
                  with: rates
                  condition: input.currency = rates.code
                  columns: [rate]
              - derive: {amount: amount * rate}
              - drop: [rate]
            target: {layer: silver, mode: merge, keys: [id]}
            """;

    @RegisterExtension
    static final ProjectStages STAGES = new ProjectStages();

    private SparkSession spark;
    private TestProject project;

    @BeforeEach
    void orders(SparkSession session, TemporaryLake folder) {
        spark = session;
        project = new TestProject(session, folder)
                .pipeline("orders_raw", """
                        name: orders_raw
                        source:
                          files: {path: landing, format: csv, schema: "id INT, amount INT, currency STRING"}
                        target: {layer: bronze, mode: append}
                        """)
                .pipeline("rates", """
                        name: rates
                        source:
                          files: {path: rates, format: csv, schema: "code STRING, rate INT"}
                        target: {layer: bronze, mode: overwrite}
                        """)
                .pipeline("orders", ORDERS);
        STAGES.reach("deliveries", project, this::threeDeliveries);
    }

    private void threeDeliveries() {
        project.data("landing/1.csv", "id,amount,currency", "1,10,EUR");
        project.data("rates/1.csv", "code,rate", "EUR,1");
        project.run();
        project.data("landing/2.csv", "id,amount,currency", "2,20,EUR");
        project.pipeline("orders", ORDERS.replace("amount * rate", "amount * rate * 100"));
        project.run();
        // What came after the bad run, and was not taken back with it.
        project.data("rates/2.csv", "code,rate", "USD,3");
        project.run("bronze.rates");
        project.data("landing/3.csv", "id,amount,currency", "3,30,USD");
    }

    private void rollback(String run) {
        new Rollback(project.context(), "back-" + run, warning -> {}, step -> {}).ofRun(run, Rollback.Later.REFUSE);
    }

    private void rollbackOfTheBadRun() {
        STAGES.reach("rollback", project, () -> rollback("run2"));
    }

    @Test
    void afterARollbackTheMendedPipelinesReadWhatTheBadRunReadAndNothingElse() {
        rollbackOfTheBadRun();
        project.pipeline("orders", ORDERS);
        RunReport again = project.reproduce("run2");

        assertEquals(
                Map.of("input", "1 file"), written(again, "bronze.orders_raw").inputs());
        assertEquals(2, again.pipelines().size());
        assertEquals(
                "bronze.rates at version 1",
                written(again, "silver.orders").inputs().get("rates"));
        assertTable(project.table("silver.orders").rows().select("id", "amount"))
                .hasRows("id INT, amount INT", row(1, 10), row(2, 20));
        project.run();
        assertTable(project.table("silver.orders").rows().select("id", "amount"))
                .hasRows("id INT, amount INT", row(1, 10), row(2, 20), row(3, 90));
    }

    @Test
    void aTableThatIsReplacedIsMadeAgainFromTheFilesOfThen() {
        RunReport again = project.reproduce("run1");

        assertInstanceOf(Outcome.Failed.class, outcome(again, "bronze.orders_raw"));
        assertEquals(Map.of("input", "1 file"), written(again, "bronze.rates").inputs());
        assertTable(project.table("bronze.rates").rows().select("code", "rate"))
                .hasRows("code STRING, rate INT", row("EUR", 1));
    }

    @Test
    void nothingIsAddedTwice() {
        String still = failure(project.reproduce("run2"), "bronze.orders_raw");
        assertTrue(
                still.contains("ENV-008  Cannot write bronze.orders_raw as run run2 did: the table still has the rows"
                                + " of that run")
                        && still.contains("Roll it back first: ingot rollback run2"),
                still);
        String later = failure(project.reproduce("run1"), "bronze.orders_raw");
        assertTrue(later.contains("the table still has the rows of that run"), later);
    }

    @Test
    void whatWasTakenBackIsNotReadAsItWas() {
        rollbackOfTheBadRun();
        String alone = failure(project.reproduce("run2", "silver.orders"), "silver.orders");

        assertTrue(
                alone.contains(
                        "Cannot write silver.orders as run run2 did: version 2 of bronze.orders_raw, which it read,"
                                + " was taken back since"),
                alone);
        assertTrue(alone.contains("Reproduce the run that wrote it first or together with this one"), alone);
    }

    @LongTest
    @Test
    void changesAreNotReadWithAGapBeforeThem() {
        project.run();
        rollback("run4");
        rollback("run2");
        RunReport later = project.reproduce("run4");

        assertEquals(
                Map.of("input", "1 file"), written(later, "bronze.orders_raw").inputs());
        assertTable(project.table("silver.orders").rows().select("id")).hasRows("id INT", row(1), row(3));
    }

    @Test
    void aVersionWhoseFilesAreGoneIsNamed() {
        rollbackOfTheBadRun();
        String location = project.lake().resolve("bronze/rates").toString();
        spark.sql("ALTER TABLE delta.`" + location
                + "` SET TBLPROPERTIES ('delta.deletedFileRetentionDuration' = 'interval 0 seconds')");
        DeltaTables.vacuum(spark, location, Duration.ZERO);
        String gone = failure(project.reproduce("run2"), "silver.orders");

        assertTrue(
                gone.contains("version 1 of bronze.rates, which it read, can no longer be read, because its file "),
                gone);
        assertInstanceOf(Outcome.Written.class, outcome(project.run(), "silver.orders"));
    }

    @Test
    void whatIsGoneCannotBeReadAgain() throws Exception {
        rollbackOfTheBadRun();
        Files.delete(project.lake().getParent().resolve("landing/2.csv"));
        String gone = failure(project.reproduce("run2"), "bronze.orders_raw");
        assertTrue(gone.contains("the input of source 'input' (1 file) no longer exists"), gone);
        String unknown = assertThrows(IngotException.class, () -> project.reproduce("run7"))
                .getMessage();
        assertTrue(
                unknown.contains("Cannot reproduce 'run7': no table was written by such a run")
                        && unknown.contains("run3, run2, run1"),
                unknown);
    }
}
