package dev.ingot.run.schema;

import static dev.ingot.run.TestProject.failure;
import static dev.ingot.run.TestProject.written;
import static dev.ingot.testkit.TableAssert.assertTable;
import static dev.ingot.testkit.TableAssert.row;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ingot.delta.DeltaTables;
import dev.ingot.diagnostics.IngotException;
import dev.ingot.run.ProjectStages;
import dev.ingot.run.TestProject;
import dev.ingot.testkit.LongTest;
import dev.ingot.testkit.SparkTest;
import dev.ingot.testkit.TemporaryLake;
import io.delta.tables.DeltaTable;
import java.sql.Date;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a pipeline says of its table besides the rows: Delta's own log says it too, and says it once. */
@SparkTest
class TableDefinitionTest {

    private static final String ORDERS = """
            name: orders
            description: One row for each order; it's small.
            source:
              files: {path: landing, format: csv, schema: "id INT, amount INT, at TIMESTAMP"}
            target:
              layer: bronze
              mode: append
              columns:
                - {name: id, type: int, nullable: false, description: The order's number.}
                - {name: amount, type: int}
                - {name: currency, type: string, default: "'EUR'"}
                - {name: day, type: date, generated: CAST(at AS DATE)}
              columns_open: true
              constraints:
                positive: amount > 0
              cluster_by: [id]
              properties: {team.name: sales}
              retention: 40 days
            """;

    @RegisterExtension
    static final ProjectStages STAGES = new ProjectStages();

    private SparkSession spark;
    private TestProject project;

    @BeforeEach
    void orders(SparkSession session, TemporaryLake folder) {
        spark = session;
        project = new TestProject(session, folder).pipeline("orders", ORDERS);
        project.data("landing/1.csv", "id,amount,at", "1,10,2026-01-01 10:00:00");
    }

    private void firstRun() {
        STAGES.reach("first run", project, project::run);
    }

    private Map<String, String> properties() {
        return DeltaTables.properties(spark, location());
    }

    private String location() {
        return project.lake().resolve("bronze/orders").toString();
    }

    private String comment() {
        return DeltaTable.forPath(spark, location()).detail().head().getAs("description");
    }

    @Test
    void aNewTableHasAllThatIsSaidOfIt() {
        firstRun();
        Map<String, String> properties = properties();

        assertEquals("sales", properties.get("team.name"));
        assertEquals("interval 3456000 seconds", properties.get("delta.logRetentionDuration"));
        assertEquals("interval 3456000 seconds", properties.get("delta.deletedFileRetentionDuration"));
        assertEquals("amount > 0", properties.get("delta.constraints.positive"));
        assertEquals("[[\"id\"]]", properties.get("clusteringColumns"));
        assertEquals("One row for each order; it's small.", comment());
        var schema = project.table("bronze.orders").rows().schema();
        assertEquals("The order's number.", schema.apply("id").getComment().get());
        assertFalse(schema.apply("id").nullable());
        assertTable(project.table("bronze.orders").rows().select("id", "currency", "day"))
                .hasRows("id INT NOT NULL, currency STRING, day DATE", row(1, "EUR", Date.valueOf("2026-01-01")));
        String generated = assertThrows(
                        Exception.class,
                        () -> spark.sql("INSERT INTO delta.`" + location() + "` (id, amount, at, day) VALUES"
                                + " (2, 1, TIMESTAMP'2026-01-01 00:00:00', DATE'2020-01-01')"))
                .getMessage();
        assertTrue(generated.contains("Generated Column"), generated);
    }

    @Test
    void aTableIsAlteredOnlyWhereItDiffers() {
        firstRun();
        long made = project.table("bronze.orders").version();
        project.data("landing/2.csv", "id,amount,at", "2,20,2026-01-02 10:00:00");
        project.run();
        assertEquals(made + 1, project.table("bronze.orders").version());

        project.pipeline(
                "orders",
                ORDERS.replace("it's small", "it's large")
                        .replace("The order's number", "The order's own number")
                        .replace("positive: amount > 0", "small: amount < 100")
                        .replace("nullable: false, ", "")
                        .replace("cluster_by: [id]", "cluster_by: [amount]")
                        .replace("team.name: sales", "team.mail: sales@example.com"));
        project.run();
        Map<String, String> properties = properties();

        assertEquals("sales@example.com", properties.get("team.mail"));
        assertFalse(properties.containsKey("team.name"));
        assertEquals("amount < 100", properties.get("delta.constraints.small"));
        assertFalse(properties.containsKey("delta.constraints.positive"));
        assertEquals("[[\"amount\"]]", properties.get("clusteringColumns"));
        assertEquals("One row for each order; it's large.", comment());
        var schema = project.table("bronze.orders").rows().schema();
        assertEquals("The order's own number.", schema.apply("id").getComment().get());
        assertTrue(schema.apply("id").nullable());
        long altered = project.table("bronze.orders").version();
        project.run();
        assertEquals(altered, project.table("bronze.orders").version());
    }

    @Test
    void whatIsNoLongerSaidIsTakenBack() {
        firstRun();
        project.pipeline(
                "orders",
                ORDERS.replace("description: One row for each order; it's small.\n", "")
                        .replace(", description: The order's number.", ""));
        project.data("landing/2.csv", "id,amount,at", "2,20,2026-01-02 10:00:00");
        project.run();

        var id = project.table("bronze.orders").rows().schema().apply("id");
        assertEquals("", id.getComment().getOrElse(() -> ""));
        assertTrue(comment() == null || comment().isEmpty(), comment());
        long version = project.table("bronze.orders").version();
        project.data("landing/3.csv", "id,amount,at", "3,20,2026-01-02 10:00:00");
        project.run();
        assertEquals(version + 1, project.table("bronze.orders").version());
    }

    @Test
    void whatAnotherHandGaveATableStays() {
        firstRun();
        spark.sql("ALTER TABLE delta.`" + location() + "` SET TBLPROPERTIES ('theirs' = 'kept')");
        spark.sql("ALTER TABLE delta.`" + location() + "` ADD CONSTRAINT theirs CHECK (id < 1000)");
        project.pipeline("orders", ORDERS.replace("team.name: sales", "team.name: other"));
        spark.sql("ALTER TABLE delta.`" + location() + "` ALTER COLUMN amount COMMENT 'theirs too'");
        project.data("landing/2.csv", "id,amount,at", "2,20,2026-01-02 10:00:00");
        project.run();

        var schema = project.table("bronze.orders").rows().schema();
        assertEquals("theirs too", schema.apply("amount").getComment().get());
        assertEquals("kept", properties().get("theirs"));
        assertEquals("id < 1000", properties().get("delta.constraints.theirs"));
        assertEquals("other", properties().get("team.name"));
    }

    @Test
    void rowsThatBreakAConstraintAreRefusedAndTheTableStaysAsItWas() {
        firstRun();
        long before = project.table("bronze.orders").version();
        project.data("landing/2.csv", "id,amount,at", "2,-5,2026-01-02 10:00:00", "3,7,2026-01-02 10:00:00");
        String refused = failure(project.run(), "bronze.orders");

        assertTrue(
                refused.contains("DATA-008  Cannot write: rows violate the table's constraint positive (amount > 0)"),
                refused);
        assertEquals(before, project.table("bronze.orders").version());
        project.pipeline("orders", ORDERS.replace("target:\n", "quality:\n  - expression: amount > 0\ntarget:\n"));
        assertEquals(1, written(project.run(), "bronze.orders").counts().quarantined());
    }

    @Test
    void aConstraintThatRowsOfTheTableBreakIsNotAdded() {
        firstRun();
        project.pipeline("orders", ORDERS.replace("positive: amount > 0", "large: amount > 10"));
        String refused = failure(project.run(), "bronze.orders");

        assertTrue(
                refused.contains("Cannot alter bronze.orders (adds the constraint large): 1 of its rows violate it"),
                refused);
        // The one that was there is not lost meanwhile.
        assertEquals("amount > 0", properties().get("delta.constraints.positive"));
    }

    @Test
    void whatIsSaidMayLookLikeASecretAndIsStillSaidOnce() {
        String orders = ORDERS.replace("One row for each order; it's small.", "One row for each page URL.")
                .replace("positive: amount > 0", "url_token: amount > 0 -- more than nothing")
                .replace("team.name: sales", "delta.checkpointinterval: '20'")
                .replace("cluster_by: [id]", "cluster_by: [ID]");
        project.pipeline("orders", orders);
        written(project.run(), "bronze.orders");
        long made = project.table("bronze.orders").version();
        project.data("landing/2.csv", "id,amount,at", "2,20,2026-01-02 10:00:00");
        project.run();

        assertEquals(made + 1, project.table("bronze.orders").version());
        project.pipeline("orders", orders.replace("url_token: amount > 0 -- more than nothing", "other: amount > 1"));
        project.run();
        assertFalse(properties().containsKey("delta.constraints.url_token"));
    }

    @Test
    void aNewColumnComesBeforeWhatIsSaidOfIt() {
        String orders = ORDERS.replace("columns_open: true", "columns_open: true\n  on_schema_change: add");
        project.pipeline("orders", orders);
        project.run();
        project.pipeline(
                "orders",
                orders.replace("transformations", "")
                        .replace("target:\n", "transformations:\n  - derive: {size: amount / 10}\ntarget:\n")
                        .replace("positive: amount > 0", "sized: size IS NULL OR size > 0")
                        .replace("cluster_by: [id]", "cluster_by: [size]"));
        project.data("landing/2.csv", "id,amount,at", "2,20,2026-01-02 10:00:00");
        project.run();

        assertEquals(
                "sized IS NULL OR size > 0".replace("sized", "size"),
                properties().get("delta.constraints.sized"));
        assertEquals("[[\"size\"]]", properties().get("clusteringColumns"));
        assertEquals(2, project.table("bronze.orders").rows().count());
    }

    @Test
    void aNewColumnThatNoRowMayLackOrThatDeltaMakesIsToldBeforeAnythingIsRead() {
        String orders = ORDERS.replace("columns_open: true", "columns_open: true\n  on_schema_change: add");
        project.pipeline("orders", orders.replace("- {name: day, type: date, generated: CAST(at AS DATE)}\n", "\n"));
        project.run();
        project.pipeline("orders", orders);
        String added = assertThrows(IngotException.class, project::run).getMessage();
        assertTrue(added.contains("PLAN-009  Cannot add day to bronze.orders: the existing rows would have no"), added);
        project.refresh();
        project.pipeline("orders", orders.replace("CAST(at AS DATE)", "CAST(at + INTERVAL 1 DAY AS DATE)"));
        String changed = assertThrows(IngotException.class, project::run).getMessage();
        assertTrue(
                changed.contains("PLAN-013  Cannot change the generated columns of bronze.orders: Delta sets them only"
                        + " when a table is created (day = CAST(at AS DATE))"),
                changed);
        project.refresh();
        assertTable(project.table("bronze.orders").rows().select("id", "day"))
                .hasRows("id INT NOT NULL, day DATE", row(1, Date.valueOf("2026-01-02")));
    }

    @Test
    void aRefreshReplacesConstraintsWithTheRowsAndRefusesRowsThatBreakThem() {
        firstRun();
        long before = project.table("bronze.orders").version();
        project.pipeline("orders", ORDERS.replace("positive: amount > 0", "large: amount > 10"));
        String refused = failure(project.refresh(), "bronze.orders");
        assertTrue(
                refused.contains("DATA-008  Cannot write: rows violate the table's constraint large (amount > 10)"),
                refused);
        assertEquals(before, project.table("bronze.orders").version());

        project.pipeline("orders", ORDERS.replace("positive: amount > 0", "negative: amount < 0"));
        project.data("landing/1.csv", "id,amount,at", "1,-10,2026-01-01 10:00:00");
        project.refresh();
        assertEquals("amount < 0", properties().get("delta.constraints.negative"));
        assertFalse(properties().containsKey("delta.constraints.positive"));
        assertEquals(-10, project.table("bronze.orders").rows().head().<Integer>getAs("amount"));
    }

    @Test
    void aColumnMayBeCountedByDelta() {
        project.pipeline(
                "orders",
                ORDERS.replace("columns_open", "  - {name: number, type: bigint, identity: true}\n  columns_open"));
        project.run();
        project.data("landing/2.csv", "id,amount,at", "2,20,2026-01-02 10:00:00", "3,30,2026-01-02 10:00:00");
        project.run();

        assertEquals(
                3,
                project.table("bronze.orders")
                        .rows()
                        .select("number")
                        .distinct()
                        .count());
        assertEquals(
                0,
                project.table("bronze.orders").rows().filter("number IS NULL").count());
        project.refresh();
        assertEquals(
                3,
                project.table("bronze.orders")
                        .rows()
                        .select("number")
                        .distinct()
                        .count());
        assertEquals(
                0,
                project.table("bronze.orders").rows().filter("number IS NULL").count());
    }

    @LongTest
    @Test
    void whatIsCountedGoesWithHistoryAndRulesAboutTheTable() {
        project.pipeline("states", """
                name: states
                source: {table: bronze.orders}
                quality:
                  - row_count: {min: 1}
                target:
                  layer: silver
                  mode: scd2
                  keys: [id]
                  sequence_by: [at]
                  columns: [{name: number, type: bigint, identity: true}]
                  columns_open: true
                """);
        project.run();
        project.data("landing/2.csv", "id,amount,at", "1,20,2026-01-02 10:00:00", "2,20,2026-01-02 10:00:00");
        written(project.run(), "silver.states");

        assertEquals(
                3,
                project.table("silver.states")
                        .rows()
                        .select("number")
                        .distinct()
                        .count());
    }

    @Test
    void whatIsGeneratedIsComputedFromTheTypesOfTheTable() {
        project.pipeline(
                "orders",
                ORDERS.replace("{name: amount, type: int}", "{name: amount, type: 'decimal(10,2)'}")
                        .replace("amount INT", "amount DECIMAL(5,1)")
                        .replace(
                                "type: date, generated: CAST(at AS DATE)",
                                "type: string, generated: CAST(amount AS STRING)"));
        project.run();

        assertTable(project.table("bronze.orders").rows().select("id", "day"))
                .hasRows("id INT NOT NULL, day STRING", row(1, "10.00"));
    }

    @Test
    void aTableThatIsBuiltAnewKeepsWhatIsSaidOfIt() {
        firstRun();
        project.refresh();
        Map<String, String> properties = properties();

        assertEquals("[[\"id\"]]", properties.get("clusteringColumns"));
        assertEquals("amount > 0", properties.get("delta.constraints.positive"));
        assertEquals("`id` IS NOT NULL", properties.get("delta.constraints.not_null_id"));
    }

    @Test
    void whatDoesNotFitTheRowsIsToldBeforeAnythingIsRead() {
        project.pipeline(
                "orders",
                ORDERS.replace("amount > 0", "amont > 0")
                        .replace("CAST(at AS DATE)", "CAST(att AS DATE)")
                        .replace("\"'EUR'\"", "euro"));
        String all = assertThrows(IngotException.class, project::run).getMessage();

        assertTrue(all.contains("Cannot plan constraint 'positive': there is no column 'amont'"), all);
        assertTrue(all.contains("Cannot plan column 'day': there is no column 'att'"), all);
        assertTrue(all.contains("Cannot plan column 'currency': there is no column 'euro'"), all);
        project.pipeline(
                "orders", ORDERS.replace("'EUR'", "5").replace("currency, type: string", "currency, type: date"));
        String unfit = assertThrows(IngotException.class, project::run).getMessage();
        assertTrue(unfit.contains("Cannot plan column 'currency': Cannot resolve \"CAST(5 AS DATE)\""), unfit);
        project.pipeline("orders", ORDERS.replace("amount > 0", "amount + 1"));
        String number = assertThrows(IngotException.class, project::run).getMessage();
        assertTrue(number.contains("Cannot plan constraint 'positive': its type is int, but must be boolean"), number);
    }
}
