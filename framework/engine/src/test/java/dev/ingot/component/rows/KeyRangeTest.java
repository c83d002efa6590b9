package dev.ingot.component.rows;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ingot.testkit.SparkTest;
import dev.ingot.testkit.TemporaryLake;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;

/** Tests that a key range includes every row that the batch may match, and excludes files without its keys. */
@SparkTest
class KeyRangeTest {

    /** The number of leading {@link #VALUES} whose types have ordered file statistics in Delta. */
    private static final int ORDERED = 6;

    private static final List<String> VALUES = List.of(
            "CAST(id AS TINYINT)",
            "CAST(id AS BIGINT) * 4000000000",
            "CAST(id AS DECIMAL(20,3)) / 7",
            "concat('k', id)",
            "date_add(DATE'1500-01-01', CAST(id AS INT))",
            "timestamp_micros(-62000000000000001 + id)",
            "CAST(id AS DOUBLE)",
            "CAST(id % 2 AS BOOLEAN)",
            "CAST(concat('b', id) AS BINARY)",
            "timestamp_ntz'2026-03-29 02:30:00'");

    @Test
    void includesEveryRowOfTheBatchForEveryType(SparkSession spark) {
        for (String value : VALUES) {
            Dataset<Row> table = spark.range(9).selectExpr(value + " AS k", "id");
            Dataset<Row> batch = table.filter("id BETWEEN 3 AND 5");
            KeyRange range = KeyRange.of(batch, List.of("K"), List.of());
            Dataset<Row> matched = table.filter(range.contains(Columns::named));

            assertEquals(3, matched.filter("id BETWEEN 3 AND 5").count(), value);
            boolean ordered = VALUES.indexOf(value) < ORDERED;
            assertTrue(matched.count() == (ordered ? 3 : 9), value + ": " + matched.count());
        }
    }

    @Test
    void skipsFilesAndPartitionsWithoutTheKeys(SparkSession spark, TemporaryLake folder) {
        String location = folder.path("table").toString();
        spark.range(0, 1000, 1, 4)
                .selectExpr("id", "id % 5 AS part")
                .repartitionByRange(4, Columns.named("id"))
                .write()
                .format("delta")
                .partitionBy("part")
                .save(location);
        Dataset<Row> table = spark.read().format("delta").load(location);
        assertEquals(20, table.inputFiles().length);
        Dataset<Row> batch = spark.sql("SELECT 11L AS id, 1L AS part UNION ALL SELECT 14L, 4L");
        KeyRange range = KeyRange.of(batch, List.of("id", "part"), List.of("part"));

        assertEquals(2, table.filter(range.contains(Columns::named)).inputFiles().length);
        assertEquals(
                20, table.filter(KeyRange.UNRESTRICTED.contains(Columns::named)).inputFiles().length);
        Dataset<Row> empty = batch.filter("id < 0");
        assertEquals(KeyRange.UNRESTRICTED, KeyRange.of(empty, List.of("id"), List.of()));
    }
}
