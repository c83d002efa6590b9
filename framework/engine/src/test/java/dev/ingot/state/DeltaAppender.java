package dev.ingot.state;

import dev.ingot.testkit.LocalSpark;
import org.apache.spark.sql.SparkSession;

/** Appends rows to a Delta table, one commit per row, in this JVM or in a child JVM. */
final class DeltaAppender {

    static final int COMMITS = 10;

    private DeltaAppender() {}

    /** Arguments: the table's path, the first number to append. */
    public static void main(String[] arguments) {
        append(LocalSpark.newSession(), arguments[0], Long.parseLong(arguments[1]));
    }

    static void append(SparkSession spark, String path, long first) {
        for (long id = first; id < first + COMMITS; id++) {
            spark.range(id, id + 1)
                    .coalesce(1)
                    .write()
                    .format("delta")
                    .mode("append")
                    .save(path);
        }
    }
}
