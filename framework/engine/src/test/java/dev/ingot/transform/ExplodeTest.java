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
class ExplodeTest {

    private Dataset<Row> rows;
    private TestContext context;

    @BeforeEach
    void rows(SparkSession spark) {
        context = TestContext.in(spark);
        rows = spark.sql("SELECT legs, id, named_struct('legs', legs) AS trip, map('k', 1) AS m"
                + " FROM VALUES (array('a', NULL), 1), (array(), 2), (NULL, 3) AS t(legs, id)");
    }

    @Test
    void replacesTheArrayByItsElements() {
        assertTable(explode("explode: legs").select("legs", "id"))
                .hasRows("legs STRING, id INT", row("a", 1), row(null, 1));
        assertEquals(
                "[leg, n, id, trip, m]",
                java.util.Arrays.toString(
                        explode("explode: {column: legs, as: leg, position: n}").columns()));
    }

    @Test
    void keepsRowsWithoutElementsOnRequest() {
        assertTable(explode("explode: {column: LEGS, as: leg, outer: true, position: n}")
                        .select("leg", "n", "id"))
                .hasRows(
                        "leg STRING, n INT, id INT",
                        row("a", 0, 1),
                        row(null, 1, 1),
                        row(null, null, 2),
                        row(null, null, 3));
    }

    @Test
    void explodesArraysWithinStructs() {
        assertTable(explode("explode: {column: trip.legs, as: leg}").select("leg", "id"))
                .hasRows("leg STRING, id INT", row("a", 1), row(null, 1));
    }

    @Test
    void rejectsOtherTypesMissingColumnsAndDuplicateNames() {
        assertEquals("1:10 'm' is not an array but of type map<string,int>", refusal(() -> explode("explode: m")));
        assertTrue(refusal(() -> explode("explode: x")).startsWith("1:10 [UNRESOLVED_COLUMN"));
        assertEquals(
                "1:29 both 'an element of legs' and 'id' would be the column 'id'",
                refusal(() -> explode("explode: {column: legs, as: id}")));
        assertEquals(
                "1:10 both 'legs' and 'an element of trip.legs' would be the column 'legs'",
                refusal(() -> explode("explode: trip.legs")));
    }

    private Dataset<Row> explode(String yaml) {
        return new Explode().apply(rows, options(Explode.Options.class, yaml), context);
    }
}
