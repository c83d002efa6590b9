package dev.ingot.quality;

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
class AcceptedValuesTest {

    private Dataset<Row> rows;
    private TestContext context;

    @BeforeEach
    void rows(SparkSession spark) {
        context = TestContext.in(spark);
        rows = spark.sql("SELECT * FROM VALUES (1, 'a', true), (2, 'A', false), (NULL, NULL, NULL), (3, 'b', true)"
                + " AS t(n, text, flag)");
    }

    @Test
    void findsOtherValuesAndLetsNullPass() {
        assertTable(violations("accepted_values: {column: text, values: [a, b]}"))
                .hasRows("text STRING", row("A"));
        assertTable(violations("accepted_values: {column: text, values: [B], ignore_case: true}"))
                .hasRows("text STRING", row("a"), row("A"));
        assertTable(violations("accepted_values: {column: n, values: [1, 2.0, 7]}"))
                .hasRows("text STRING", row("b"));
        assertTable(violations("accepted_values: {column: flag, values: [true]}"))
                .hasRows("text STRING", row("A"));
    }

    @Test
    void rejectsValuesOfAnotherTypeAndMissingColumns() {
        assertEquals(
                "1:27 'n' is of type int, and 'one' is not a value of it",
                refusal(() -> violations("accepted_values: {column: n, values: [1, one]}")));
        assertTrue(refusal(() -> violations("accepted_values: {column: m, values: 1}"))
                .startsWith("1:27 [UNRESOLVED_COLUMN"));
    }

    private Dataset<Row> violations(String yaml) {
        return new AcceptedValues()
                .evaluate(rows, options(AcceptedValues.Options.class, yaml), "bad", context)
                .where("bad")
                .select("text");
    }
}
