package dev.ingot.testkit;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Reads a Delta table from its files, as any reader would see it. No method caches; each fails with Spark's
 * {@code AnalysisException} if the table or the version does not exist.
 */
public record StoredTable(SparkSession session, Path path) {

    public StoredTable {
        requireNonNull(session, "session");
        requireNonNull(path, "path");
    }

    /** Returns the rows of the current version. */
    public Dataset<Row> rows() {
        return reader().load(path.toString());
    }

    /** Returns the rows of a version. */
    public Dataset<Row> rowsAt(long version) {
        return reader().option("versionAsOf", version).load(path.toString());
    }

    /**
     * Returns the change feed from one version to another, both inclusive: the table's columns and
     * {@code _change_type}, without the version and the time of the commit.
     */
    public Dataset<Row> changes(long from, long to) {
        return reader().option("readChangeFeed", "true")
                .option("startingVersion", from)
                .option("endingVersion", to)
                .load(path.toString())
                .drop("_commit_version", "_commit_timestamp");
    }

    /** Returns the newest version. */
    public long version() {
        return history().selectExpr("max(version)").first().getLong(0);
    }

    /** Returns one row for each commit, from {@code DESCRIBE HISTORY}. */
    public Dataset<Row> history() {
        return session.sql("DESCRIBE HISTORY delta.`" + path + "`");
    }

    private DataFrameReader reader() {
        return session.read().format("delta");
    }
}
