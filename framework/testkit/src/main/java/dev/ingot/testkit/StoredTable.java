package dev.ingot.testkit;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * A Delta table, read from its files as any reader would see it. Every method asks Delta anew and fails with Spark's
 * {@code AnalysisException} where there is no such table or version.
 */
public record StoredTable(SparkSession session, Path path) {

    public StoredTable {
        requireNonNull(session, "session");
        requireNonNull(path, "path");
    }

    /** The rows as they are now. */
    public Dataset<Row> rows() {
        return reader().load(path.toString());
    }

    /** The rows as they were in a version. */
    public Dataset<Row> rowsAt(long version) {
        return reader().option("versionAsOf", version).load(path.toString());
    }

    /**
     * The change feed from one version to another, both included: the table's columns and {@code _change_type}, without
     * the number and the time of the commit.
     */
    public Dataset<Row> changes(long from, long to) {
        return reader().option("readChangeFeed", "true")
                .option("startingVersion", from)
                .option("endingVersion", to)
                .load(path.toString())
                .drop("_commit_version", "_commit_timestamp");
    }

    /** The newest version. */
    public long version() {
        return history().selectExpr("max(version)").first().getLong(0);
    }

    /** One row for each commit, as {@code DESCRIBE HISTORY} tells it. */
    public Dataset<Row> history() {
        return session.sql("DESCRIBE HISTORY delta.`" + path + "`");
    }

    private DataFrameReader reader() {
        return session.read().format("delta");
    }
}
