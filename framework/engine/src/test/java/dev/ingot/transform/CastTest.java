package dev.ingot.transform;

import static dev.ingot.component.Written.options;
import static dev.ingot.component.Written.refusal;
import static dev.ingot.testkit.TableAssert.assertTable;
import static dev.ingot.testkit.TableAssert.row;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ingot.component.TestContext;
import dev.ingot.testkit.SparkTest;
import java.sql.Date;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@SparkTest
class CastTest {

    private SparkSession spark;
    private TestContext context;

    @BeforeEach
    void context(SparkSession session) {
        spark = session;
        context = TestContext.in(session);
    }

    @Test
    void divertsRowsThatDoNotFitWithTheirOriginalValues() {
        Dataset<Row> rows = spark.sql("SELECT * FROM VALUES ('12', '2024-02-29'), (NULL, NULL), ('1.5', '2024-02-29'),"
                + " ('3000000000', '2024-02-29'), ('7', '2024-02-30') AS t(n, day)");

        assertTable(cast("cast: {n: int, day: date}", rows))
                .hasRows("n INT, day DATE", row(12, Date.valueOf("2024-02-29")), row(null, null));
        assertEquals("type", context.diverted().get(0).rule());
        assertTable(context.diverted().get(0).rows())
                .hasRows(
                        "n STRING, day STRING",
                        row("1.5", "2024-02-29"),
                        row("3000000000", "2024-02-29"),
                        row("7", "2024-02-30"));
        assertEquals(1, context.diverted().size());
    }

    @Test
    void findsMisfitsInsideNestedValues() {
        Dataset<Row> rows = spark.sql("SELECT 1 AS id, array('1', NULL) AS a, map('k', array('2')) AS m,"
                + " named_struct('x', '3', 'y', array(named_struct('z', '4'))) AS s"
                + " UNION ALL SELECT 2, array('1', 'one'), map('k', array('2')), NULL"
                + " UNION ALL SELECT 3, NULL, map('k', array('2', '')), NULL"
                + " UNION ALL SELECT 4, NULL, NULL, named_struct('x', NULL, 'y', array(named_struct('z', 'four')))"
                + " UNION ALL SELECT 5, NULL, NULL, NULL");
        Dataset<Row> typed = cast("""
                cast:
                  a: array<int>
                  m: map<string, array<int>>
                  s: 'struct<x: int, y: array<struct<z: int>>>'
                """, rows);

        assertTable(typed.selectExpr("id", "a[0] + m['k'][0] + s.x + s.y[0].z AS sum"))
                .hasRows("id INT, sum INT", row(1, 10), row(5, null));
        assertTable(context.diverted().get(0).rows().select("id")).hasRows("id INT", row(2), row(3), row(4));
    }

    /** Spark itself would turn a key that does not fit into 0. */
    @Test
    void findsMisfitsAmongTheKeysOfAMap() {
        Dataset<Row> rows = spark.sql("SELECT map(1L, 'x') AS m UNION ALL SELECT map(3000000000, 'x')");

        assertTable(cast("cast: {m: 'map<int, string>'}", rows).selectExpr("map_keys(m)[0] AS k"))
                .hasRows("k INT", row(1));
    }

    @Test
    void keepsOrderCaseAndOtherColumns() {
        Dataset<Row> rows = spark.sql("SELECT '1' AS Id, 'x' AS `a.b`, 'f.csv' AS _source_file WHERE false");

        assertTable(cast("cast: {ID: bigint}", rows)).hasSchema("Id BIGINT, `a.b` STRING, _source_file STRING");
        assertTable(cast("cast: {a.b: 'decimal(4,1)'}", rows))
                .hasSchema("Id STRING, `a.b` DECIMAL(4,1), _source_file STRING");
    }

    @Test
    void rejectsUnknownColumnsUnknownTypesAndImpossibleCasts() {
        Dataset<Row> rows = spark.sql("SELECT 1 AS id, DATE'2024-01-01' AS day");

        assertTrue(refusal(() -> cast("cast: {n: int}", rows)).startsWith("1:11 [UNRESOLVED_COLUMN"));
        String unknown = refusal(() -> cast("cast:\n  id: strng", rows));
        assertTrue(unknown.startsWith("2:7 ") && unknown.contains("strng"), unknown);
        assertTrue(refusal(() -> cast("cast: {id: string, day: int}", rows)).startsWith("1:25 ["));
    }

    private Dataset<Row> cast(String yaml, Dataset<Row> rows) {
        return new Cast().apply(rows, options(Cast.Options.class, yaml), context);
    }
}
