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
class SelectTest {

    private Dataset<Row> rows;
    private TestContext context;

    @BeforeEach
    void rows(SparkSession spark) {
        context = TestContext.in(spark);
        rows = spark.sql("SELECT 1 AS id, 'VIE' AS origin, 'JFK' AS destination, named_struct('mag', 4.5D) AS p,"
                + " 7 AS `odd.name`, 'f.csv' AS _source_file, 'r1' AS _run_id");
    }

    @Test
    void selectsColumnsFieldsAndExpressionsInOrderAndTheSourceFile() {
        assertTable(select("select: [p.mag, origin || destination AS route, odd.name, ID]"))
                .hasRows(
                        "mag DOUBLE, route STRING, `odd.name` INT, ID INT, _source_file STRING",
                        row(4.5, "VIEJFK", 7, 1, "f.csv"));
        assertTable(select("select: [_source_file AS file, id]"))
                .hasRows("file STRING, id INT, _source_file STRING", row("f.csv", 1, "f.csv"));
        assertTable(select("select: [_source_file, id]")).hasSchema("_source_file STRING, id INT");
    }

    @Test
    void rejectsUnnamedExpressionsAndMissingColumns() {
        assertTrue(refusal(() -> select("select: [id, nme]")).startsWith("1:14 [UNRESOLVED_COLUMN"));
        assertEquals(
                "1:14 'id + 1' has no name; write 'id + 1 AS name'", refusal(() -> select("select: [id, id + 1]")));
        assertEquals("1:10 'p.*' has no name; write 'p.* AS name'", refusal(() -> select("select: [p.*]")));
        assertEquals(
                "2:11 both 'id' and 'upper(origin) AS ID' would be the column 'ID'",
                refusal(() -> select("select: [id,\n          upper(origin) AS ID]")));
    }

    @Test
    void rejectsAnAggregate() {
        assertTrue(refusal(() -> select("select: [max(id) AS id]")).startsWith("1:10 ["));
    }

    private Dataset<Row> select(String yaml) {
        return new Select().apply(rows, options(Select.Options.class, yaml), context);
    }
}
