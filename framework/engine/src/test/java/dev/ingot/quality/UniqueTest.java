package dev.ingot.quality;

import static dev.ingot.component.Written.options;
import static dev.ingot.component.Written.refusal;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ingot.component.TableCheck.Finding;
import dev.ingot.component.TestContext;
import dev.ingot.testkit.SparkTest;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;

@SparkTest
class UniqueTest {

    @Test
    void countsSurplusRows(SparkSession spark) {
        TestContext context = TestContext.in(spark);
        Dataset<Row> rows = spark.sql("SELECT * FROM VALUES (1, 'a'), (1, 'a'), (1, 'b'), (2, 'c'), (2, 'c'),"
                + " (NULL, 'd'), (NULL, 'd') AS t(id, name)");

        assertEquals(
                new Finding(3, "2 values of id are duplicated, in 3 surplus rows"), judge("unique: id", rows, context));
        assertEquals(
                new Finding(2, "2 values of id, name are duplicated, in 2 surplus rows"),
                judge("unique: [id, name]", rows, context));
        assertEquals(
                new Finding(0, "no two rows have the same id"), judge("unique: [id]", rows.where("false"), context));
        assertTrue(refusal(() -> judge("unique: [id, nme]", rows, context)).startsWith("1:14 [UNRESOLVED_COLUMN"));
    }

    private static Finding judge(String yaml, Dataset<Row> rows, TestContext context) {
        return new Unique().evaluate(rows, options(Unique.Options.class, yaml), context);
    }
}
