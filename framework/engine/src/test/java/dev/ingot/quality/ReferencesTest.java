package dev.ingot.quality;

import static dev.ingot.component.Written.mistake;
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
class ReferencesTest {

    private Dataset<Row> rows;
    private TestContext context;

    @BeforeEach
    void rows(SparkSession spark) {
        rows = spark.sql("SELECT id, a, named_struct('b', b) AS s"
                + " FROM VALUES (1, 'x', 1), (2, 'x', 2), (3, NULL, 9), (4, 'y', NULL), (5, 'z', 1), (5, 'z', 1)"
                + " AS t(id, a, b)");
        context = TestContext.in(spark)
                .withTable(
                        "silver.known",
                        spark.sql("SELECT * FROM VALUES ('x', 1, 'm'), ('x', 1, 'n'), ('y', 2, 'o'), (NULL, 1, 'p')"
                                + " AS t(a, c, more)"));
    }

    @Test
    void findsRowsWithoutAReferencedRowAndLetsNullPass() {
        Dataset<Row> judged = judge("references: {columns: [a, s.b], table: silver.known, to: [a, c]}");

        assertTable(judged.select("id", "bad"))
                .hasRows(
                        "id INT, bad BOOLEAN",
                        row(1, false),
                        row(2, true),
                        row(3, false),
                        row(4, false),
                        row(5, true),
                        row(5, true));
        assertEquals("[id, a, s, bad]", java.util.Arrays.toString(judged.columns()));
    }

    @Test
    void defaultsToTheSameNamesAndAllowsSelfReferences() {
        assertTable(judge("references: {columns: a, table: silver.known}")
                        .where("bad")
                        .select("id"))
                .hasRows("id INT", row(5), row(5));
        context.withTable("silver.own", rows);
        assertTable(judge("references: {columns: a, table: silver.own}").where("bad"))
                .hasNoRows();
    }

    @Test
    void rejectsInvalidReferences() {
        assertTrue(refusal(() -> judge("references: {columns: [x], table: silver.known}"))
                .startsWith("1:24 [UNRESOLVED_COLUMN"));
        assertEquals(
                "1:54 silver.known has no column 'b', only a, c, more",
                refusal(() -> judge("references: {columns: a, table: silver.known, to: [  b]}")));
        assertEquals(
                "1:23 'a' is of type string, and the column it references in silver.known is of type int; cast it first",
                refusal(() -> judge("references: {columns: a, table: silver.known, to: c}")));
        assertEquals(
                "1:13 Cannot read 'references': 'columns' and 'to' must have the same number of columns, not 1 and 2",
                mistake(References.Options.class, "references: {columns: a, table: silver.known, to: [a, c]}"));
    }

    private Dataset<Row> judge(String yaml) {
        return new References().evaluate(rows, options(References.Options.class, yaml), "bad", context);
    }
}
