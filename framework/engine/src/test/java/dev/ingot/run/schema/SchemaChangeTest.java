package dev.ingot.run.schema;

import static dev.ingot.testkit.TableAssert.assertTable;
import static dev.ingot.testkit.TableAssert.row;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ingot.config.RunValues;
import dev.ingot.diagnostics.IngotException;
import dev.ingot.plan.LogicalPlan;
import dev.ingot.run.TestProject;
import dev.ingot.run.history.Outcome;
import dev.ingot.run.history.RunReport;
import dev.ingot.run.inspect.RunPreview;
import dev.ingot.testkit.SparkTest;
import dev.ingot.testkit.TemporaryLake;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Changes the columns of a pipeline whose table exists: nine kinds of change, by mode and policy. Each cell has its expected
 * outcome, and none loses a value silently. Tries every seventh of the cells on the border of a policy, every third with
 * {@code -Pfull}; all cells with {@code -Dingot.test.cells=all}.
 */
@SparkTest
class SchemaChangeTest {

    private static final String CELLS = System.getProperty("ingot.test.cells", "7");
    private static final boolean ALL = CELLS.equals("all");

    private static final String BEFORE = "- select: [CAST(id AS INT) AS id, CAST(n AS INT) AS n, name,"
            + " \"named_struct('x', CAST(n AS INT)) AS at\"]";

    private static final Map<String, String> MODES = Map.of(
            "append", "mode: append",
            "merge", "mode: merge, keys: [id]",
            "scd2", "mode: scd2, keys: [id]",
            "overwrite", "mode: overwrite",
            "overwrite_partitions", "mode: overwrite_partitions, partition_by: [id]");

    private enum Policy {
        FAIL,
        ADD,
        WIDEN
    }

    /** A change of columns, the least policy that allows it, and the second row as the table then has it. */
    private enum Kind {
        ADDED("id, n, name, at, name AS more", Policy.ADD, "2|7|two|7|two"),
        DROPPED("id, n, at", null, ""),
        RENAMED("id, n, name AS title, at", null, ""),
        WIDENED("id, CAST(n AS BIGINT) AS n, name, at", Policy.WIDEN, "2|7|two|7"),
        NARROWED("id, CAST(n AS SMALLINT) AS n, name, at", Policy.FAIL, "2|7|two|7"),
        RETYPED("id, CAST(n AS STRING) AS n, name, at", null, ""),
        REORDERED("at, name, id, n", Policy.FAIL, "2|7|two|7"),
        RECASED("ID, N, Name, At", Policy.FAIL, "2|7|two|7"),
        NESTED("id, n, name, named_struct('y', name, 'x', n) AS at", Policy.ADD, "2|7|two|7");

        private final String columns;
        private final Policy least;
        private final String second;

        Kind(String columns, Policy least, String second) {
            this.columns = columns;
            this.least = least;
            this.second = second;
        }
    }

    private record Cell(Kind kind, String mode, Policy policy) {

        String name() {
            return (kind + "_" + mode + "_" + policy).toLowerCase(java.util.Locale.ROOT);
        }

        boolean allowed() {
            return kind.least != null && kind.least.ordinal() <= policy.ordinal();
        }

        String pipeline(String rows, String steps) {
            return """
                    name: %s
                    source:
                      rows: [%s]
                      read: all
                    transformations:
                      %s
                    target: {layer: bronze, on_schema_change: %s, %s}
                    """.formatted(
                            name(), rows, steps, policy.name().toLowerCase(java.util.Locale.ROOT), MODES.get(mode));
        }
    }

    private TestProject project;

    @BeforeEach
    void project(SparkSession session, TemporaryLake folder) {
        project = new TestProject(session, folder);
    }

    private static List<Cell> cells() {
        List<Cell> cells = new ArrayList<>();
        int each = ALL ? 1 : Integer.parseInt(CELLS);
        int number = 0;
        for (Kind kind : Kind.values()) {
            for (String mode : List.of("append", "merge", "scd2", "overwrite", "overwrite_partitions")) {
                for (Policy policy : Policy.values()) {
                    boolean interesting = kind.least == null ? policy == Policy.WIDEN : policy == kind.least;
                    if (ALL || (interesting && number++ % each == 0)) {
                        cells.add(new Cell(kind, mode, policy));
                    }
                }
            }
        }
        return cells;
    }

    @Test
    void everyChangeEndsAsItsPolicySaysAndLosesNothing() {
        List<Cell> cells = cells();
        String first = "{id: '1', n: '5', name: one}";
        String second = "{id: '2', n: '7', name: two}";
        for (Cell cell : cells) {
            project.pipeline(cell.name(), cell.pipeline(first, BEFORE));
        }
        project.run();
        Map<String, Long> versions = new TreeMap<>();
        for (Cell cell : cells) {
            versions.put(cell.name(), project.table("bronze." + cell.name()).version());
            project.pipeline(
                    cell.name(),
                    cell.pipeline(second, BEFORE + "\n  - sql: \"SELECT " + cell.kind().columns + " FROM input\""));
        }
        List<Cell> refused = cells.stream().filter(cell -> !cell.allowed()).toList();
        String message = assertThrows(IngotException.class, project::run).getMessage();
        for (Cell cell : cells) {
            assertEquals(
                    !cell.allowed(),
                    message.contains("Cannot write bronze." + cell.name() + ": the table"),
                    cell + ": " + message);
            assertEquals(
                    versions.get(cell.name()),
                    project.table("bronze." + cell.name()).version(),
                    cell.toString());
        }
        refused.forEach(cell -> project.pipeline(cell.name(), cell.pipeline(first, BEFORE)));
        RunReport report = project.run();

        for (Cell cell : cells) {
            if (cell.allowed()) {
                assertInstanceOf(
                        Outcome.Written.class, TestProject.outcome(report, "bronze." + cell.name()), cell.toString());
                List<String> expected = new ArrayList<>();
                if (!cell.mode().equals("overwrite")) {
                    expected.add(cell.kind() == Kind.ADDED ? "1|5|one|5|null" : "1|5|one|5");
                }
                expected.add(cell.kind().second);
                assertEquals(expected, rows(cell), cell.toString());
            }
        }
        assertTrue(refused.size() > 2 && refused.size() < cells.size() - 2, refused.size() + " of " + cells.size());
    }

    private List<String> rows(Cell cell) {
        String more = cell.kind() == Kind.ADDED ? ", coalesce(more, 'null')" : "";
        return project
                .table("bronze." + cell.name())
                .rows()
                .orderBy("id")
                .selectExpr("concat_ws('|', id, n, name, at.x" + more + ")")
                .collectAsList()
                .stream()
                .map(row -> row.getString(0))
                .toList();
    }

    @Test
    void whoeverFollowsATableGoesOnWhenItsTypesGetWider() {
        project.pipeline("numbers", """
                name: numbers
                source:
                  files: {path: landing, format: csv, schema: "id INT, n INT"}
                target: {layer: bronze, mode: append, on_schema_change: widen}
                """);
        String follower = """
                name: copy
                source: {table: bronze.numbers}
                transformations:
                  - select: [id, n]
                target: {layer: silver, mode: append, on_schema_change: %s}
                """;
        project.pipeline("copy", follower.formatted("widen"));
        project.data("landing/1.csv", "id,n", "1,1");
        project.run();
        project.data("landing/2.csv", "id,n", "2,2");
        project.pipeline("numbers", """
                name: numbers
                source:
                  files: {path: landing, format: csv, schema: "id INT, n BIGINT"}
                target: {layer: bronze, mode: append, on_schema_change: widen}
                """);
        project.data("landing/3.csv", "id,n", "3,3000000000");
        project.pipeline("copy", follower.formatted("fail"));
        String refused = assertThrows(IngotException.class, project::run).getMessage();
        assertTrue(refused.contains("Cannot write silver.copy: the table would change the types of n"), refused);
        assertEquals(1, project.table("bronze.numbers").version());
        project.pipeline("copy", follower.formatted("widen"));
        project.run();

        assertTable(project.table("bronze.numbers").rows().select("id", "n"))
                .hasRows("id INT, n BIGINT", row(1, 1L), row(2, 2L), row(3, 3000000000L));
        assertTable(project.table("silver.copy").rows())
                .hasRows("id INT, n BIGINT", row(1, 1L), row(2, 2L), row(3, 3000000000L));
        project.data("landing/4.csv", "id,n", "4,4");
        project.run("bronze.numbers");
        project.pipeline("numbers", """
                name: numbers
                source:
                  files: {path: landing, format: csv, schema: "id INT, n DECIMAL(20,1)"}
                target: {layer: bronze, mode: append, on_schema_change: widen}
                """);
        project.data("landing/5.csv", "id,n", "5,5.5");
        String late = TestProject.failure(project.run(), "silver.copy");
        assertTrue(late.contains("widened column types, and the changes before it were not read yet"), late);
    }

    @Test
    void whatIsRememberedOfDeletionsGetsTheNewColumnsAndTypesToo() {
        String pipeline = """
                name: numbers
                source:
                  files: {path: landing, format: csv, schema: "id INT, n INT, op STRING"}
                transformations:
                  - derive:
                      at: %s
                target:
                  layer: bronze
                  mode: merge
                  keys: [id]
                  sequence_by: [n]
                  delete_when: op = 'D'
                  on_schema_change: widen
                """;
        project.pipeline("numbers", pipeline.formatted("named_struct('x', n)"));
        project.data("landing/1.csv", "id,n,op", "1,5,D", "2,5,U");
        project.run();
        project.pipeline(
                "numbers",
                pipeline.formatted("named_struct('more', op, 'x', CAST(n AS BIGINT))")
                        .replace("n INT", "n BIGINT"));
        project.data("landing/2.csv", "id,n,op", "1,4,U", "2,6,D", "3,3000000000,U");
        project.run();
        project.data("landing/3.csv", "id,n,op", "1,3,U", "2,5,U", "3,4,U");
        project.run();

        assertTable(project.table("bronze.numbers").rows().select("id", "n", "at.x", "at.more"))
                .hasRows("id INT, n BIGINT, x BIGINT, more STRING", row(3, 3000000000L, 3000000000L, "U"));
    }

    @Test
    void aPlanLooksAtTheNewestDelivery(SparkSession spark) {
        project.pipeline("raw", """
                name: raw
                source:
                  files: {path: landing, format: csv}
                target: {layer: bronze, mode: append, on_schema_change: add}
                """);
        project.data("landing/b.csv", "id,n", "1,1");
        project.run();
        Path newer = project.data("landing/a.csv", "id,n,coupon", "2,2,c");
        assertTrue(newer.toFile().setLastModified(System.currentTimeMillis() - 30_000));
        assertEquals(List.of("adds coupon"), planned());
        project.run();
        assertEquals(List.of(), planned());
    }

    private List<String> planned() {
        LogicalPlan plan = project.plan(new RunValues("seen", LocalDate.parse("2026-01-02"), Instant.now()));
        return new RunPreview(project.context(), plan)
                .of(plan.byTable().keySet())
                .get(0)
                .changes();
    }

    @Test
    void aColumnThatIsMissingIsToldWithWhoWouldFeelIt() {
        project.pipeline("numbers", """
                name: numbers
                source:
                  rows: [{id: '1', n: '1'}]
                target: {layer: bronze, mode: append}
                """).pipeline("doubled", """
                name: doubled
                source: {table: bronze.numbers}
                transformations:
                  - derive: {twice: n * 2}
                target: {layer: silver, mode: append}
                """);
        project.run();
        project.pipeline("numbers", """
                name: numbers
                source:
                  rows: [{id: '1'}]
                target: {layer: bronze, mode: append}
                """);
        String message = assertThrows(IngotException.class, project::run).getMessage();

        assertTrue(
                message.contains("the table would lose the columns n; it is read by silver.doubled (which names n)"),
                message);
    }
}
