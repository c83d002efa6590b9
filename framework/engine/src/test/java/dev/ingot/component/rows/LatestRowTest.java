package dev.ingot.component.rows;

import static dev.ingot.testkit.TableAssert.assertTable;
import static dev.ingot.testkit.TableAssert.row;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ingot.diagnostics.SourceSpan;
import dev.ingot.options.ColumnName;
import dev.ingot.testkit.SparkTest;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;

@SparkTest
class LatestRowTest {

    @Test
    void breaksTiesByContentAndNotByOrder(SparkSession spark) {
        Dataset<Row> rows = spark.sql("SELECT id % 7 AS key, id DIV 50 AS version, map('at', id % 3) AS payload,"
                + " concat('file', id) AS _source_file FROM range(400)");
        Dataset<Row> reversed = rows.orderBy(rows.col("_source_file").desc()).coalesce(1);

        assertTable(newest(reversed)).hasRows(newest(rows));
        assertTable(newest(reversed.drop("_source_file"))).hasRows(newest(rows.drop("_source_file")));
        assertTable(newest(rows).groupBy("version").count()).hasRows("version BIGINT, count BIGINT", row(7L, 7L));
    }

    private static Dataset<Row> newest(Dataset<Row> rows) {
        return LatestRow.of(rows, columns("key"), columns("version"));
    }

    @Test
    void treatsNullAsOldestAndAsAKey(SparkSession spark) {
        Dataset<Row> rows = spark.sql("SELECT * FROM VALUES (1, NULL, 'old'), (1, 3, 'new'), (1, 2, 'older'),"
                + " (NULL, 1, 'lost'), (NULL, 2, 'kept') AS t(key, version, name)");

        assertTable(LatestRow.of(rows, columns("key"), columns("version")))
                .hasRows("key INT, version INT, name STRING", row(1, 3, "new"), row(null, 2, "kept"));
        assertTable(LatestRow.of(rows.where("false"), columns("key"), columns("version")))
                .hasNoRows();
    }

    @Test
    void hashesDistinguishContents(SparkSession spark) {
        assertNotEquals(hash(spark, "NULL AS a, 1 AS b"), hash(spark, "1 AS a, NULL AS b"));
        assertNotEquals(hash(spark, "struct(NULL AS x, 1 AS y) AS a"), hash(spark, "struct(1 AS x, NULL AS y) AS a"));
        assertNotEquals(
                hash(spark, "array(TIMESTAMP'2024-01-01 00:00:00.000001') AS a"),
                hash(spark, "array(TIMESTAMP'2024-01-01 00:00:00.000002') AS a"));
        assertNotEquals(hash(spark, "map('k', 1) AS a"), hash(spark, "map('k', 2) AS a"));
        assertEquals(hash(spark, "1 AS a, 2 AS b"), hash(spark, "2 AS B, 1 AS A"));
        assertEquals(
                hash(spark, "1 AS a, 'x' AS _source_file, 'y' AS _run_id"), hash(spark, "1 AS a, 'z' AS _source_file"));
    }

    @Test
    void hashesCompareRowsOfTwoTables(SparkSession spark) {
        Dataset<Row> old = spark.sql("SELECT 1 AS id, 'a' AS name, 5 AS seen");
        Dataset<Row> batch = spark.sql("SELECT 6 AS seen, 'a' AS NAME, 1 AS id");
        boolean same = old.alias("t")
                .join(batch.alias("b"))
                .select(LatestRow.contentHash(old, List.of("SEEN"), "t")
                        .equalTo(LatestRow.contentHash(batch, List.of("SEEN"), "b")))
                .first()
                .getBoolean(0);

        assertTrue(same);
    }

    private static long hash(SparkSession spark, String columns) {
        Dataset<Row> row = spark.sql("SELECT " + columns);
        return row.select(LatestRow.contentHash(row)).first().getLong(0);
    }

    private static List<ColumnName> columns(String name) {
        return List.of(new ColumnName(name, new SourceSpan("test.yml", 1, 1)));
    }
}
