package dev.ingot.testkit;

import static dev.ingot.testkit.TableAssert.row;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

@SparkTest
class NoOrderEqualityTest {

    private static final StructType SCHEMA = StructType.fromDDL("id INT, `a.b` STRING");

    @Test
    void comparesRowsIndependentlyOfOrder(SparkSession spark) {
        List<Row> rows = List.of(row(1, "x"), row(1, "x"), row(null, null));

        assertDoesNotThrow(
                () -> NoOrderEquality.require(spark, SCHEMA, rows, List.of(row(null, null), row(1, "x"), row(1, "x"))));
        assertThrows(
                AssertionError.class,
                () -> NoOrderEquality.require(
                        spark, SCHEMA, rows, List.of(row(1, "x"), row(null, null), row(null, null))));
        assertThrows(AssertionError.class, () -> NoOrderEquality.require(spark, SCHEMA, rows, List.of(row(1, "x"))));
    }
}
