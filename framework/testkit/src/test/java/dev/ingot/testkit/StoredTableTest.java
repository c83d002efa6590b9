package dev.ingot.testkit;

import static dev.ingot.testkit.TableAssert.assertTable;
import static dev.ingot.testkit.TableAssert.row;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;

@SparkTest
class StoredTableTest {

    @Test
    void readsVersionsAndChanges(SparkSession spark, TemporaryLake lake) {
        StoredTable table = new StoredTable(spark, lake.path("silver/people"));
        String name = "delta.`" + table.path() + "`";
        spark.sql("CREATE TABLE " + name + " (id BIGINT, name STRING) USING delta"
                + " TBLPROPERTIES (delta.enableChangeDataFeed = true)");
        spark.sql("INSERT INTO " + name + " VALUES (1, 'Ada'), (2, 'Bob')");
        spark.sql("UPDATE " + name + " SET name = 'Eve' WHERE id = 2");

        assertEquals(2, table.version());
        assertTable(table).hasRows("id BIGINT, name STRING", row(1L, "Ada"), row(2L, "Eve"));
        assertTable(table.rowsAt(1)).hasRows("id BIGINT, name STRING", row(2L, "Bob"), row(1L, "Ada"));
        assertTable(table.rowsAt(0)).hasNoRows();
        assertTable(table.changes(1, 2))
                .hasRows(
                        "id BIGINT, name STRING, _change_type STRING",
                        row(1L, "Ada", "insert"),
                        row(2L, "Bob", "insert"),
                        row(2L, "Bob", "update_preimage"),
                        row(2L, "Eve", "update_postimage"));
    }
}
