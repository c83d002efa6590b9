package dev.ingot.testkit;

import com.holdenkarau.spark.testing.JavaDataFrameSuiteBase;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Compares rows a second time with spark-testing-base, which uses Spark. A bug in a comparison would let wrong tables
 * pass unnoticed; two different implementations are unlikely to have the same bug. This one is second because its
 * messages are less helpful.
 */
final class NoOrderEquality {

    /** Types that the library cannot group by, and so cannot compare, on some Spark version. */
    private static final List<String> INCOMPARABLE = List.of("map<", "interval", "variant");

    private NoOrderEquality() {}

    /** Fails with an {@link AssertionError} unless both lists hold the same rows, with the same multiplicity. */
    static void require(SparkSession session, StructType schema, List<Row> expected, List<Row> actual) {
        if (schema.fields().length == 0 || INCOMPARABLE.stream().anyMatch(schema.catalogString()::contains)) {
            return;
        }
        StructType numbered = numbered(schema);
        new JavaDataFrameSuiteBase()
                .assertDataFrameNoOrderEquals(
                        session.createDataFrame(expected, numbered), session.createDataFrame(actual, numbered));
    }

    /** Renames the columns: the library looks them up by name, and names may contain dots or be duplicates. */
    private static StructType numbered(StructType schema) {
        StructField[] fields = schema.fields();
        return new StructType(IntStream.range(0, fields.length)
                .mapToObj(i -> new StructField("c" + i, fields[i].dataType(), true, fields[i].metadata()))
                .toArray(StructField[]::new));
    }
}
