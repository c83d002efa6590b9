package dev.ingot.run;

import static dev.ingot.run.TestProject.failure;
import static dev.ingot.run.TestProject.outcome;
import static dev.ingot.run.TestProject.written;
import static dev.ingot.testkit.TableAssert.assertTable;
import static dev.ingot.testkit.TableAssert.row;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ingot.config.RunValues;
import dev.ingot.diagnostics.IngotException;
import dev.ingot.names.TableId;
import dev.ingot.plan.LogicalPlan;
import dev.ingot.run.history.Outcome;
import dev.ingot.run.history.RunReport;
import dev.ingot.run.inspect.RunPreview;
import dev.ingot.testkit.SparkTest;
import dev.ingot.testkit.TemporaryLake;
import java.nio.file.Files;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A view is its query at the versions that a run sees, checked before anybody reads it. */
@SparkTest
class ViewTest {

    private static final String LARGE = """
            name: large
            source: {table: bronze.orders}
            transformations:
              - filter: amount > 10
            quality:
              - expression: amount < 1000
            target: {layer: silver, mode: view}
            """;

    @RegisterExtension
    static final ProjectStages STAGES = new ProjectStages();

    private TestProject project;

    @BeforeEach
    void orders(SparkSession session, TemporaryLake folder) {
        project = new TestProject(session, folder)
                .pipeline("orders", """
                        name: orders
                        source:
                          files: {path: landing, format: csv, schema: "id INT, amount INT"}
                        target: {layer: bronze, mode: append}
                        """)
                .pipeline("large", LARGE)
                .pipeline("doubled", """
                        name: doubled
                        source: {table: silver.large}
                        transformations:
                          - derive: {amount: amount * 2}
                        target: {layer: silver, mode: view}
                        """)
                .pipeline("total", """
                        name: total
                        source: {table: silver.doubled}
                        transformations:
                          - aggregate: {measures: {total: sum(amount)}}
                        target: {layer: gold, mode: overwrite}
                        """);
        project.data("landing/1.csv", "id,amount", "1,5", "2,20", "3,30");
    }

    private void firstRun() {
        STAGES.reach("first run", project, project::run);
    }

    private void assertTotal(Object total) {
        assertTable(project.table("gold.total").rows()).hasRows("total BIGINT", row(total));
    }

    @Test
    void readersSeeWhatTheRunWroteThroughViewsOfViews() {
        RunReport first = project.run();
        assertInstanceOf(Outcome.Checked.class, outcome(first, "silver.large"));
        assertEquals(
                Map.of("input", "the view silver.doubled"),
                written(first, "gold.total").inputs());
        assertTotal(100L);
        assertFalse(Files.exists(project.lake().resolve("silver")));
        assertInstanceOf(Outcome.NothingNew.class, outcome(project.run(), "gold.total"));

        project.data("landing/2.csv", "id,amount", "4,50");
        project.run();
        assertTotal(200L);
        project.pipeline("large", LARGE.replace("amount > 10", "amount > 40"));
        project.run();
        assertTotal(100L);
    }

    @Test
    void aViewWhoseRuleFailsIsReadByNobodyEvenWhenOnlyTheReaderIsRun() {
        firstRun();
        project.data("landing/2.csv", "id,amount", "4,5000");
        project.run("bronze.orders");
        RunReport report = project.run("gold.total");

        assertTrue(
                failure(report, "silver.large")
                        .contains("the rule expression(amount < 1000) failed (1 of 3 rows violate it)"),
                failure(report, "silver.large"));
        assertEquals(new Outcome.Skipped(new TableId("silver", "doubled")), outcome(report, "gold.total"));
        assertTotal(100L);
        project.pipeline("large", LARGE.replace("amount < 1000", "amount < 1000\n    on_violation: warn"));
        RunReport warned = project.run("gold.total");
        assertEquals(
                Map.of("expression(amount < 1000)", 1L),
                outcome(warned, "silver.large").violations());
        assertTotal(10100L);
    }

    @Test
    void aStepThatCannotKeepARowFailsTheView() {
        project.pipeline("large", """
                name: large
                source: {table: bronze.orders}
                transformations:
                  - derive: {amount: "if(id = 2, 'many', '7')"}
                  - cast: {amount: int}
                target: {layer: silver, mode: view}
                """);

        assertTrue(failure(project.run(), "silver.large").contains("the rule type failed (1 rows violate it)"));
    }

    @Test
    void rulesAndJoinsLookIntoViews() {
        project.pipeline("payments", """
                name: payments
                sources:
                  payments:
                    table: bronze.paid
                  large:
                    table: silver.large
                input: payments
                transformations:
                  - join:
                      with: large
                      condition: input.order_id = large.id
                      type: left
                      columns: [amount]
                quality:
                  - references: {columns: [order_id], table: silver.large, to: [id]}
                target: {layer: silver, mode: overwrite}
                """);
        project.pipeline("paid", """
                name: paid
                source:
                  rows: [{order_id: 2}, {order_id: 1}]
                transformations:
                  - cast: {order_id: int}
                target: {layer: bronze, mode: overwrite}
                """);

        assertEquals(1, written(project.run(), "silver.payments").counts().quarantined());
        assertTable(project.table("silver.payments").rows()).hasRows("order_id INT, amount INT", row(2, 20));
    }

    @Test
    void whatIsArchivedIsNotRunAndItsTableStaysForItsReaders() {
        firstRun();
        project.pipeline("orders", """
                name: orders
                archived: true
                source:
                  files: {path: landing, format: csv, schema: "id INT, amount INT"}
                target: {layer: bronze, mode: append}
                """);
        project.data("landing/2.csv", "id,amount", "4,50");
        project.pipeline("large", LARGE.replace("amount > 10", "amount > 25"));
        RunReport report = project.run();

        assertEquals(new Outcome.Archived(1), outcome(report, "bronze.orders"));
        assertTotal(60L);
        project.pipeline("doubled", """
                name: doubled
                archived: true
                source: {table: silver.large}
                target: {layer: silver, mode: view}
                """);
        String refused = assertThrows(IngotException.class, project::run).getMessage();
        assertTrue(refused.contains("Cannot read silver.doubled: the view is archived"), refused);
    }

    @Test
    void aViewBecomesATableAndATableAView() {
        firstRun();
        project.pipeline("doubled", """
                name: doubled
                source: {table: silver.large}
                transformations:
                  - derive: {amount: amount * 2, more: id}
                target: {layer: silver, mode: overwrite}
                """).pipeline("merged", """
                name: merged
                source: {table: silver.doubled, read: all}
                target: {layer: gold, mode: merge, keys: [id]}
                """);
        project.run();
        assertTotal(100L);
        assertTable(project.table("gold.merged").rows()).hasCount(2);
        project.pipeline("doubled", """
                name: doubled
                source: {table: silver.large}
                transformations:
                  - derive: {amount: amount * 3}
                  - select: [id, amount]
                target: {layer: silver, mode: view}
                """).pipeline("merged", """
                name: merged
                source: {table: silver.doubled, read: all}
                transformations:
                  - derive: {more: id}
                target: {layer: gold, mode: merge, keys: [id]}
                """);
        project.run();
        assertTotal(150L);
        assertInstanceOf(Outcome.NothingNew.class, outcome(project.run(), "gold.total"));
    }

    @Test
    void whatALayerSaysOfItsTablesDoesNotConcernAView(TemporaryLake folder) {
        folder.write(
                "conf/project.yml",
                "name: test",
                "layers:",
                "  bronze: {reads: [outside]}",
                "  silver: {reads: [bronze, silver], target: {properties: {team: sales}, cluster_by: [id]}}",
                "  gold: {reads: [silver, gold]}");
        project.run();

        assertTotal(100L);
    }

    @Test
    void aForecastSaysWhatIsAViewAndWhatMovesWithIt() {
        firstRun();
        assertEquals(
                List.of(
                        "bronze.orders nothing new",
                        "silver.large view",
                        "silver.doubled view",
                        "gold.total nothing new"),
                forecast());
        project.data("landing/2.csv", "id,amount", "4,50");
        assertEquals(
                List.of("bronze.orders new rows", "silver.large view", "silver.doubled view", "gold.total new rows"),
                forecast());
    }

    private List<String> forecast() {
        LogicalPlan plan = project.plan(new RunValues("seen", LocalDate.parse("2026-01-02"), Instant.now()));
        Set<TableId> all = plan.byTable().keySet();
        return new RunPreview(project.context(), plan)
                .of(all).stream()
                        .map(line -> line.plan().id() + " " + line.action())
                        .toList();
    }
}
