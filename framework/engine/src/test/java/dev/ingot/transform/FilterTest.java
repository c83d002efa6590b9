package dev.ingot.transform;

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
class FilterTest {

    @Test
    void keepsRowsForWhichTheConditionIsTrue(SparkSession spark) {
        TestContext context = TestContext.in(spark);
        Dataset<Row> rows = spark.sql("SELECT * FROM VALUES (1), (0), (NULL) AS t(km)");

        assertTable(filter("filter: km > 0", rows, context)).hasRows("km INT", row(1));
        assertTrue(refusal(() -> filter("filter: kn > 0", rows, context)).startsWith("1:9 [UNRESOLVED_COLUMN"));
    }

    private static Dataset<Row> filter(String yaml, Dataset<Row> rows, TestContext context) {
        return new Filter().apply(rows, options(Filter.Options.class, yaml), context);
    }
}
