package dev.ingot.quality;

import static dev.ingot.component.Written.mistake;
import static dev.ingot.component.Written.options;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ingot.component.TableCheck.Finding;
import dev.ingot.component.TestContext;
import dev.ingot.testkit.SparkTest;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;

@SparkTest
class RowCountTest {

    @Test
    void countsMissingAndSurplusRows(SparkSession spark) {
        assertEquals(new Finding(7, "3 rows, at least 10 are required"), judge("row_count: {min: 10}", 3, spark));
        assertEquals(new Finding(2, "3 rows, at most 1 are allowed"), judge("row_count: {max: 1}", 3, spark));
        assertEquals(new Finding(0, "1 row"), judge("row_count: {min: 1, max: 1}", 1, spark));
        assertEquals(new Finding(1, "0 rows, at least 1 are required"), judge("row_count: {min: 1}", 0, spark));
    }

    @Test
    void rejectsMissingAndContradictoryBounds() {
        assertEquals(
                "1:12 Cannot read 'row_count': it needs 'min', 'max' or both",
                mistake(RowCount.Options.class, "row_count: {}"));
        assertEquals(
                "1:12 Cannot read 'row_count': 'min', 5, is more than 'max', 4",
                mistake(RowCount.Options.class, "row_count: {min: 5, max: 4}"));
    }

    private static Finding judge(String yaml, long rows, SparkSession spark) {
        return new RowCount()
                .evaluate(spark.range(rows).toDF(), options(RowCount.Options.class, yaml), TestContext.in(spark));
    }
}
