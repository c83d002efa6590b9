package dev.ingot.transform;

import static dev.ingot.component.Written.options;
import static dev.ingot.component.Written.refusal;
import static dev.ingot.testkit.TableAssert.assertTable;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ingot.component.TestContext;
import dev.ingot.testkit.SparkTest;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;

@SparkTest
class DropTest {

    @Test
    void dropsColumnsAndRejectsMissingOnes(SparkSession spark) {
        TestContext context = TestContext.in(spark);
        Dataset<Row> rows = spark.sql("SELECT 1 AS a, 2 AS `b.c`, 3 AS d, 'f.csv' AS _source_file");

        assertTable(drop("drop: [b.c, A]", rows, context)).hasSchema("d INT, _source_file STRING");
        assertTable(drop("drop: d", rows, context)).hasSchema("a INT, `b.c` INT, _source_file STRING");
        assertTrue(refusal(() -> drop("drop: [a, x]", rows, context)).startsWith("1:11 [UNRESOLVED_COLUMN"));
    }

    private static Dataset<Row> drop(String yaml, Dataset<Row> rows, TestContext context) {
        return new Drop().apply(rows, options(Drop.Options.class, yaml), context);
    }
}
