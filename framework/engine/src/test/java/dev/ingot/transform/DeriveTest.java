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
class DeriveTest {

    @Test
    void addsAndReplacesColumnsInOrder(SparkSession spark) {
        TestContext context = TestContext.in(spark);
        Dataset<Row> rows = spark.sql("SELECT 2 AS km, 'f.csv' AS _source_file");

        assertTable(derive("derive: {m: km * 1000, km: km + 1, cm: m * 100}", rows, context))
                .hasRows("km INT, _source_file STRING, m INT, cm INT", row(3, "f.csv", 2000, 200000));
        assertTrue(refusal(() -> derive("derive:\n  m: km\n  n: kn", rows, context))
                .startsWith("3:6 [UNRESOLVED_COLUMN"));
    }

    private static Dataset<Row> derive(String yaml, Dataset<Row> rows, TestContext context) {
        return new Derive().apply(rows, options(Derive.Options.class, yaml), context);
    }
}
