package dev.ingot.testkit;

import static dev.ingot.testkit.TableAssert.assertTable;
import static dev.ingot.testkit.TableAssert.row;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

@SparkTest
class TableAssertTest {

    private static final String PEOPLE = "id INT, name STRING";

    @Test
    void ignoresOrderAndNullability(SparkSession spark) {
        assertTable(people(spark))
                .hasSchema(PEOPLE)
                .hasCount(3)
                .hasRows(PEOPLE, row(2, null), row(1, "Ada"), row(1, "Ada"));
        assertTable(people(spark).where("id > 9")).hasNoRows().hasRows(PEOPLE);
    }

    @Test
    void listsDifferingRowsWithTheirNumber(SparkSession spark) {
        assertEquals("""
                Not as expected: the rows of the frame
                  missing: 1
                    {id: 3, name: "Eve"}
                  unexpected: 2
                    {id: 1, name: "Ada"}
                    {id: 2, name: null}""", failureOf(() -> assertTable(people(spark)).hasRows(PEOPLE, row(1, "Ada"), row(3, "Eve"))));
    }

    @Test
    void showsTheMultiplicityOfMissingRows(SparkSession spark) {
        assertEquals(
                """
                Not as expected: the rows of the frame
                  missing: 2
                    {id: 2, name: null}  x2""",
                failureOf(() -> assertTable(people(spark))
                        .hasRows(PEOPLE, row(1, "Ada"), row(1, "Ada"), row(2, null), row(2, null), row(2, null))));
    }

    @Test
    void truncatesLongLists(SparkSession spark) {
        String message =
                failureOf(() -> assertTable(spark.range(100, 113).toDF()).hasNoRows());

        assertTrue(message.contains("unexpected: 13\n    {id: 100}\n"), message);
        assertTrue(message.endsWith("{id: 109}\n    ... and 3 more distinct rows"), message);
    }

    @Test
    void listsSchemaDifferencesByColumn(SparkSession spark) {
        assertEquals("""
                Not as expected: the schema of the frame
                  type of column id: expected bigint but was int
                  missing column: born date
                  unexpected column: name string""", failureOf(() -> assertTable(people(spark)).hasRows("id BIGINT, born DATE")));
        assertEquals("""
                Not as expected: the schema of the frame
                  order of columns: expected [name, id] but was [id, name]""", failureOf(() -> assertTable(people(spark)).hasSchema("name STRING, id INT")));
    }

    @Test
    void ignoresColumnsOnBothSides(SparkSession spark) {
        assertTable(people(spark).selectExpr("*", "now() AS at", "uuid() AS run"))
                .ignoring("at")
                .ignoring("run")
                .hasRows(people(spark).selectExpr("*", "1 AS at"));

        assertEquals("""
                Not as expected: the columns of the frame
                  cannot ignore [nmae]: the columns are [id, name]""", failureOf(() -> assertTable(people(spark)).ignoring("nmae")));
    }

    @Test
    void reportsAWrongNumberOfRows(SparkSession spark) {
        assertEquals(
                "Not as expected: the number of rows of the frame\n  expected 4 but was 3",
                failureOf(() -> assertTable(people(spark)).hasCount(4)));
    }

    @Test
    void comparesNestedAndBinaryValuesByContent(SparkSession spark) {
        String nested = "SELECT X'0aff' AS b, array(named_struct('x', 1.50, 'y', null)) AS a, "
                + "timestamp '2024-03-31 02:30:00.000001' AS t, double('NaN') AS d, 'a\\n\"' AS `s.s`";
        assertTable(spark.sql(nested)).hasRows(spark.sql(nested));
        assertTable(spark.sql("SELECT map('k', 1, 'j', 2) AS m")).hasRows(spark.sql("SELECT map('j', 2, 'k', 1) AS m"));

        assertEquals("""
                Not as expected: the rows of the frame
                  unexpected: 1
                    {b: 0x0aff, a: [{x: 1.50, y: null}], t: 2024-03-31T02:30:00.000001Z, d: NaN, s.s: "a\\n\\""}""", failureOf(() -> assertTable(spark.sql(nested)).hasNoRows()));
        assertEquals(
                """
                Not as expected: the rows of the frame
                  unexpected: 1
                    {m: ("j" -> 2, "k" -> 1)}""",
                failureOf(() -> assertTable(spark.sql("SELECT map('k', 1, 'j', 2) AS m"))
                        .hasNoRows()));
    }

    private static Dataset<Row> people(SparkSession spark) {
        return spark.sql("SELECT * FROM VALUES (1, 'Ada'), (2, null), (1, 'Ada') AS people(id, name)");
    }

    private static String failureOf(Executable assertion) {
        return assertThrows(AssertionError.class, assertion).getMessage();
    }
}
