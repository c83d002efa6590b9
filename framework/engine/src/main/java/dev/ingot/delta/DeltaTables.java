package dev.ingot.delta;

import io.delta.tables.DeltaTable;
import io.delta.tables.DeltaTableBuilder;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import scala.Console;

/** Reads, creates and maintains Delta tables by their path. */
public final class DeltaTables {

    /** The table property with a table's identity: a table re-created at the same path gets a new one. */
    private static final String ID = "ingot.table_id";

    private static final String VACUUM_LOG = "spark.databricks.delta.vacuum.logging.enabled";

    /** The text that Spark shows for a property that looks like a secret or a URL. */
    private static final String REDACTED = "*********(redacted)";

    private static final String USER_METADATA = "spark.databricks.delta.commitInfo.userMetadata";

    private DeltaTables() {}

    /** Returns whether a table exists at a path: a log with at least one version. */
    public static boolean exists(SparkSession spark, String location) {
        return log(spark, location).exists();
    }

    /** Returns the current snapshot of the table at a path; empty when none exists. */
    public static Optional<TableSnapshot> find(SparkSession spark, String location) {
        if (!exists(spark, location)) {
            return Optional.empty();
        }
        long version = log(spark, location).newest();
        Map<String, String> properties = properties(spark, location);
        return Optional.of(new TableSnapshot(location, properties.getOrDefault(ID, ""), version, properties));
    }

    /** Returns the identity of an existing table; empty when it was created outside Ingot. */
    public static String id(SparkSession spark, String location) {
        return properties(spark, location).getOrDefault(ID, "");
    }

    /** Assigns an identity to a table that was created outside Ingot. */
    public static void adopt(SparkSession spark, String location) {
        spark.sql("ALTER TABLE " + name(location) + " SET TBLPROPERTIES ('" + ID + "' = '" + UUID.randomUUID() + "')");
    }

    /**
     * Runs a statement that alters a table without changing its rows.
     *
     * @param sql the statement up to the table's name
     * @param rest the statement after the name
     * @param userMetadata the user metadata of the commit
     */
    public static void alter(SparkSession spark, String location, String sql, String rest, String userMetadata) {
        spark.conf().set(USER_METADATA, userMetadata);
        try {
            spark.sql(sql + " " + name(location) + " " + rest);
        } finally {
            spark.conf().unset(USER_METADATA);
        }
    }

    /**
     * Returns the properties of an existing table. Delta's table detail has them unredacted but loads the whole table
     * state, so it is used only when Spark redacts a property.
     */
    public static Map<String, String> properties(SparkSession spark, String location) {
        Map<String, String> properties = new HashMap<>();
        spark.sql("SHOW TBLPROPERTIES " + name(location))
                .collectAsList()
                .forEach(row -> properties.put(row.getString(0), row.getString(1)));
        if (properties.containsValue(REDACTED)) {
            Map<String, String> unredacted = DeltaTable.forPath(spark, location)
                    .detail()
                    .select("properties")
                    .head()
                    .getJavaMap(0);
            properties.putAll(unredacted);
        }
        return properties;
    }

    private static String name(String location) {
        return "delta.`" + location.replace("`", "``") + "`";
    }

    /** Returns whether an existing table has no data file, and so no row. */
    public static boolean isEmpty(SparkSession spark, String location) {
        return current(spark, location).inputFiles().length == 0;
    }

    /** Returns the number of the newest version of an existing table. */
    public static long newest(SparkSession spark, String location) {
        return log(spark, location).newest();
    }

    /** Returns the versions of a table, newest first, as far back as its log reaches; each is read lazily. */
    public static Stream<TableVersion> newestFirst(SparkSession spark, String location) {
        return log(spark, location).newestFirst();
    }

    /** Reads one version of a table; empty when its log entry was cleaned up or does not exist yet. */
    public static Optional<TableVersion> version(SparkSession spark, String location, long number) {
        return log(spark, location).version(number);
    }

    /** Returns whether no commit after one version and up to another changed rows, according to a complete log. */
    public static boolean hasSameRows(SparkSession spark, String location, long from, long to) {
        return from <= to
                && LongStream.rangeClosed(from + 1, to)
                        .mapToObj(number -> version(spark, location, number))
                        .allMatch(version ->
                                version.filter(TableVersion::changesRows).isEmpty() && version.isPresent());
    }

    /** Returns every version in the history of a table, newest first, with the timestamps that Delta orders them by. */
    public static List<TableVersion> history(SparkSession spark, String location) {
        return versions(DeltaTable.forPath(spark, location).history());
    }

    /** Reads the rows of a table at a version. */
    public static Dataset<Row> at(SparkSession spark, String location, long version) {
        return spark.read().format("delta").option("versionAsOf", version).load(location);
    }

    /** Reads the rows of a table at its current version. */
    public static Dataset<Row> current(SparkSession spark, String location) {
        return spark.read().format("delta").load(location);
    }

    /**
     * Adds columns, or fields of structs, to a table.
     *
     * @param ddl name and type of each, as SQL
     * @param userMetadata the user metadata of the commit
     */
    public static void addColumns(SparkSession spark, String location, List<String> ddl, String userMetadata) {
        alter(spark, location, "ALTER TABLE", "ADD COLUMNS (" + String.join(", ", ddl) + ")", userMetadata);
    }

    /** Rewrites all rows of a table for wider column types, and marks the commit as such in its user metadata. */
    public static void widen(Dataset<Row> rows, String[] partitions, String location) {
        rows.write()
                .format("delta")
                .mode("overwrite")
                .partitionBy(partitions)
                .option("overwriteSchema", true)
                .option("userMetadata", TableVersion.WIDENING)
                .save(location);
    }

    /** Compacts small files, by the table's clustering if any, and returns the newest version. */
    public static TableVersion optimize(SparkSession spark, String location) {
        long before = newest(spark, location);
        spark.sql("OPTIMIZE " + name(location));
        TableVersion after = newestFirst(spark, location).findFirst().orElseThrow();
        return after.number() > before
                ? after
                : new TableVersion(before, after.timestamp(), "", Map.of(), Map.of(), Optional.empty());
    }

    /**
     * Deletes files that no version within the retention needs. Delta counts in whole hours, so it may keep files for
     * an hour longer. It refuses a retention shorter than the table's {@code delta.deletedFileRetentionDuration}, and
     * does not keep files removed longer ago than that, even for a longer retention.
     */
    public static void vacuum(SparkSession spark, String location, Duration retention) {
        long hours = retention.plus(Duration.ofHours(1)).minusNanos(1).toHours();
        // VACUUM commits carry no information here, and would push those of batches out of the log.
        spark.conf().set(VACUUM_LOG, "false");
        try {
            // Delta prints to standard output how much it deleted.
            Console.withOut(
                    OutputStream.nullOutputStream(),
                    () -> DeltaTable.forPath(spark, location).vacuum(hours));
        } finally {
            spark.conf().unset(VACUUM_LOG);
        }
    }

    /** Restores a table to the rows of an earlier version, in a new commit. */
    public static void restore(SparkSession spark, String location, long version, String userMetadata) {
        spark.conf().set(USER_METADATA, userMetadata);
        try {
            DeltaTable.forPath(spark, location).restoreToVersion(version);
        } finally {
            spark.conf().unset(USER_METADATA);
        }
    }

    /** Creates an empty table; an existing one is left unchanged. */
    public static void create(SparkSession spark, String location, StructType schema, Map<String, String> properties) {
        create(spark, location, schema, List.of(), properties, "");
    }

    /**
     * Creates an empty, partitioned table; an existing one is left unchanged.
     *
     * @param comment the description of the table; may be empty
     */
    public static void create(
            SparkSession spark,
            String location,
            StructType schema,
            List<String> partitions,
            Map<String, String> properties,
            String comment) {
        if (exists(spark, location)) {
            return;
        }
        log(spark, location).deleteUncommitted();
        DeltaTableBuilder builder = DeltaTable.createIfNotExists(spark)
                .location(location)
                .addColumns(schema)
                .partitionedBy(partitions.toArray(String[]::new))
                .property(ID, UUID.randomUUID().toString());
        if (!comment.isEmpty()) {
            builder = builder.comment(comment);
        }
        for (Map.Entry<String, String> property : properties.entrySet()) {
            builder = builder.property(property.getKey(), property.getValue());
        }
        builder.execute();
    }

    private static CommitLog log(SparkSession spark, String location) {
        return new CommitLog(location, HadoopSettings.of(spark));
    }

    private static List<TableVersion> versions(Dataset<Row> history) {
        List<TableVersion> versions = new ArrayList<>();
        Dataset<Row> read = history.select(
                "version", "timestamp", "operation", "operationParameters", "operationMetrics", "userMetadata");
        for (Row row : read.collectAsList()) {
            versions.add(new TableVersion(
                    row.getLong(0),
                    row.getTimestamp(1).toInstant(),
                    row.getString(2),
                    map(row, 3),
                    map(row, 4),
                    Optional.ofNullable(row.getString(5))));
        }
        return versions;
    }

    private static Map<String, String> map(Row row, int index) {
        Map<String, String> map = new HashMap<>();
        if (!row.isNullAt(index)) {
            Map<String, String> stored = row.getJavaMap(index);
            stored.forEach((key, value) -> {
                if (value != null) {
                    map.put(key, value);
                }
            });
        }
        return map;
    }
}
