package dev.ingot.quality;

import static dev.ingot.component.Written.options;
import static dev.ingot.component.Written.refusal;
import static dev.ingot.testkit.TableAssert.assertTable;
import static dev.ingot.testkit.TableAssert.row;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ingot.component.TestContext;
import dev.ingot.testkit.SparkTest;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;

@SparkTest
class ConditionTest {

    @Test
    void findsRowsForWhichTheConditionIsFalse(SparkSession spark) {
        TestContext context = TestContext.in(spark);
        Dataset<Row> rows = spark.sql("SELECT * FROM VALUES (1, 2), (2, 1), (NULL, 1) AS t(a, b)");

        assertTable(judge("expression: a < b", rows, context).where("bad").select("a"))
                .hasRows("a INT", row(2));
        assertTrue(refusal(() -> judge("expression: a < c", rows, context)).startsWith("1:13 [UNRESOLVED_COLUMN"));
        assertTrue(refusal(() -> judge("expression: a + b", rows, context)).startsWith("1:13 [DATATYPE_MISMATCH"));
    }

    private static Dataset<Row> judge(String yaml, Dataset<Row> rows, TestContext context) {
        return new Condition().evaluate(rows, options(Condition.Options.class, yaml), "bad", context);
    }
}
