package dev.ingot.transform;

import static dev.ingot.component.Written.mistake;
import static dev.ingot.component.Written.options;
import static dev.ingot.component.Written.refusal;
import static dev.ingot.testkit.TableAssert.assertTable;
import static dev.ingot.testkit.TableAssert.row;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ingot.component.TestContext;
import dev.ingot.testkit.SparkTest;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@SparkTest
class FlattenTest {

    private Dataset<Row> rows;
    private TestContext context;

    @BeforeEach
    void rows(SparkSession spark) {
        context = TestContext.in(spark);
        rows = spark.sql(
                "SELECT 1 AS id, named_struct('x', 2, 'in', named_struct('a.b', named_struct('z', 3))) AS p, 4 AS y"
                        + " UNION ALL SELECT 2, NULL, NULL");
    }

    @Test
    void flattensStructsInPlace() {
        assertTable(flatten("flatten: [P]").drop("p_in"))
                .hasRows("id INT, p_x INT, y INT", row(1, 2, 4), row(2, null, null));
        assertTable(flatten("flatten: {columns: p, prefix: false}"))
                .hasSchema("id INT, x INT, in STRUCT<`a.b`: STRUCT<z: INT>>, y INT");
        assertTable(flatten("flatten: {depth: 2}")).hasSchema("id INT, p_x INT, `p_in_a.b` STRUCT<z: INT>, y INT");
        assertTable(flatten("flatten: {depth: 9}"))
                .hasRows("id INT, p_x INT, `p_in_a.b_z` INT, y INT", row(1, 2, 3, 4), row(2, null, null, null));
    }

    @Test
    void rejectsDuplicateNames(SparkSession spark) {
        rows = spark.sql("SELECT 1 AS X, named_struct('x', 2) AS p, 3 AS p_x");
        assertEquals("1:11 both 'p.x' and 'p_x' would be the column 'p_x'", refusal(() -> flatten("flatten: [p]")));
        assertEquals(
                "1:20 both 'X' and 'p.x' would be the column 'x'",
                refusal(() -> flatten("flatten: {columns: p, prefix: false}")));
        assertEquals(
                "both 'p.x' and 'p_x' would be the column 'p_x'",
                assertThrows(IllegalArgumentException.class, () -> flatten("flatten: {}"))
                        .getMessage());
    }

    @Test
    void rejectsOtherTypesAndMissingColumns() {
        assertEquals("1:11 'id' is not a struct but of type int", refusal(() -> flatten("flatten: [id]")));
        assertTrue(refusal(() -> flatten("flatten: [q]")).startsWith("1:11 [UNRESOLVED_COLUMN"));
        assertEquals(
                "1:10 Cannot read 'flatten': 'depth' must be at least 1, not 0",
                mistake(Flatten.Options.class, "flatten: {depth: 0}"));
    }

    private Dataset<Row> flatten(String yaml) {
        return new Flatten().apply(rows, options(Flatten.Options.class, yaml), context);
    }
}
