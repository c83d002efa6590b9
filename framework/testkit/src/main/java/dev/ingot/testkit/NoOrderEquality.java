package dev.ingot.testkit;

import com.holdenkarau.spark.testing.JavaDataFrameSuiteBase;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * The second opinion of spark-testing-base, which lets Spark compare. A comparer with a mistake lets wrong tables pass
 * and nobody notices; two that are built differently do not make the same one. Its messages are too thin to be the
 * first to speak.
 */
final class NoOrderEquality {

    /** What the library cannot group by, and so cannot compare, on one line of Spark or another. */
    private static final List<String> INCOMPARABLE = List.of("map<", "interval", "variant");

    private NoOrderEquality() {}

    /** Fails with an {@link AssertionError} unless both lists hold the same rows, each as many times. */
    static void require(SparkSession session, StructType schema, List<Row> expected, List<Row> actual) {
        if (schema.fields().length == 0 || INCOMPARABLE.stream().anyMatch(schema.catalogString()::contains)) {
            return;
        }
        StructType numbered = numbered(schema);
        new JavaDataFrameSuiteBase()
                .assertDataFrameNoOrderEquals(
                        session.createDataFrame(expected, numbered), session.createDataFrame(actual, numbered));
    }

    /** The library looks columns up by their names, which may hold dots or be there twice. */
    private static StructType numbered(StructType schema) {
        StructField[] fields = schema.fields();
        return new StructType(IntStream.range(0, fields.length)
                .mapToObj(i -> new StructField("c" + i, fields[i].dataType(), true, fields[i].metadata()))
                .toArray(StructField[]::new));
    }
}
