package dev.ingot.transform;

import static dev.ingot.component.Written.options;
import static dev.ingot.component.Written.refusal;
import static dev.ingot.testkit.TableAssert.assertTable;
import static dev.ingot.testkit.TableAssert.row;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ingot.component.TestContext;
import dev.ingot.testkit.SparkTest;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@SparkTest
class RenameTest {

    private Dataset<Row> rows;
    private TestContext context;

    @BeforeEach
    void rows(SparkSession spark) {
        context = TestContext.in(spark);
        rows = spark.sql("SELECT 1 AS a, 2 AS b, named_struct('c', 3) AS s, 'f.csv' AS _source_file");
    }

    @Test
    void renamesInPlaceAndAllAtOnce() {
        assertTable(rename("rename: {A: b, b: a}").drop("s"))
                .hasRows("b INT, a INT, _source_file STRING", row(1, 2, "f.csv"));
        assertTable(rename("rename: {a: A}").drop("s", "b")).hasSchema("A INT, _source_file STRING");
    }

    @Test
    void rejectsDuplicateNames() {
        assertEquals("1:13 both 'a' and 'b' would be the column 'b'", refusal(() -> rename("rename: {a: b}")));
        assertEquals("1:20 both 'a' and 'b' would be the column 'X'", refusal(() -> rename("rename: {a: x,  b: X}")));
    }

    @Test
    void rejectsMissingAndNestedColumns() {
        assertTrue(refusal(() -> rename("rename:\n  a: x\n  z: y")).startsWith("3:6 [UNRESOLVED_COLUMN"));
        assertEquals(
                "1:15 's.c' is a field of a struct; flatten the struct first",
                refusal(() -> rename("rename: {s.c: d}")));
    }

    private Dataset<Row> rename(String yaml) {
        return new Rename().apply(rows, options(Rename.Options.class, yaml), context);
    }
}
