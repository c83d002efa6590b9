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

/** Reads and creates Delta tables by their address. */
public final class DeltaTables {

    /** The property that holds a table's identity: one that is re-created at the same address gets another. */
    private static final String ID = "ingot.table_id";

    private static final String VACUUM_LOG = "spark.databricks.delta.vacuum.logging.enabled";

    /** What Spark shows instead of a property that looks like a secret or an address. */
    private static final String REDACTED = "*********(redacted)";

    private static final String USER_METADATA = "spark.databricks.delta.commitInfo.userMetadata";

    private DeltaTables() {}

    /** Whether there is a table at an address: a log with at least one version. */
    public static boolean exists(SparkSession spark, String location) {
        return log(spark, location).exists();
    }

    /** The table at an address, as it stands now; empty when there is none. */
    public static Optional<TableSnapshot> find(SparkSession spark, String location) {
        if (!exists(spark, location)) {
            return Optional.empty();
        }
        long version = log(spark, location).newest();
        Map<String, String> properties = properties(spark, location);
        return Optional.of(new TableSnapshot(location, properties.getOrDefault(ID, ""), version, properties));
    }

    /** The identity of a table that exists; empty when another hand created it. */
    public static String id(SparkSession spark, String location) {
        return properties(spark, location).getOrDefault(ID, "");
    }

    /** Gives a table of another hand an identity. */
    public static void adopt(SparkSession spark, String location) {
        spark.sql("ALTER TABLE " + name(location) + " SET TBLPROPERTIES ('" + ID + "' = '" + UUID.randomUUID() + "')");
    }

    /**
     * Runs a statement that changes a table and none of its rows.
     *
     * @param sql the statement up to the table's name
     * @param rest what follows the name
     * @param userMetadata what the commit carries
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
     * The properties of a table that exists. Delta's own detail of a table reads its whole state for them, and so is
     * asked only where Spark does not show one that looks like a secret or an address.
     */
    public static Map<String, String> properties(SparkSession spark, String location) {
        Map<String, String> properties = new HashMap<>();
        spark.sql("SHOW TBLPROPERTIES " + name(location))
                .collectAsList()
                .forEach(row -> properties.put(row.getString(0), row.getString(1)));
        if (properties.containsValue(REDACTED)) {
            Map<String, String> shown = DeltaTable.forPath(spark, location)
                    .detail()
                    .select("properties")
                    .head()
                    .getJavaMap(0);
            properties.putAll(shown);
        }
        return properties;
    }

    private static String name(String location) {
        return "delta.`" + location.replace("`", "``") + "`";
    }

    /** Whether a table that exists has no file, and so no row. */
    public static boolean isEmpty(SparkSession spark, String location) {
        return current(spark, location).inputFiles().length == 0;
    }

    /** The number of the newest version of a table that exists. */
    public static long newest(SparkSession spark, String location) {
        return log(spark, location).newest();
    }

    /** The versions of a table, newest first, as far back as its log goes; each is read when it is asked for. */
    public static Stream<TableVersion> newestFirst(SparkSession spark, String location) {
        return log(spark, location).newestFirst();
    }

    /** One version of a table; empty when the log no longer has it, or does not have it yet. */
    public static Optional<TableVersion> version(SparkSession spark, String location, long number) {
        return log(spark, location).version(number);
    }

    /** Whether no commit after one version and up to another changed rows, as far as the log tells. */
    public static boolean hasSameRows(SparkSession spark, String location, long from, long to) {
        return from <= to
                && LongStream.rangeClosed(from + 1, to)
                        .mapToObj(number -> version(spark, location, number))
                        .allMatch(version ->
                                version.filter(TableVersion::changesRows).isEmpty() && version.isPresent());
    }

    /** Every version of a table that its log still knows, newest first, with the times at which Delta orders them. */
    public static List<TableVersion> history(SparkSession spark, String location) {
        return versions(DeltaTable.forPath(spark, location).history());
    }

    /** The rows of a table at a version. */
    public static Dataset<Row> at(SparkSession spark, String location, long version) {
        return spark.read().format("delta").option("versionAsOf", version).load(location);
    }

    /** The rows of a table as it stands. */
    public static Dataset<Row> current(SparkSession spark, String location) {
        return spark.read().format("delta").load(location);
    }

    /**
     * Adds columns, or fields of structs, to a table.
     *
     * @param ddl name and type of each, as SQL
     * @param userMetadata what the commit carries
     */
    public static void addColumns(SparkSession spark, String location, List<String> ddl, String userMetadata) {
        alter(spark, location, "ALTER TABLE", "ADD COLUMNS (" + String.join(", ", ddl) + ")", userMetadata);
    }

    /** Writes all rows of a table anew, because some of their types are wider now; says so in the commit. */
    public static void widen(Dataset<Row> rows, String[] partitions, String location) {
        rows.write()
                .format("delta")
                .mode("overwrite")
                .partitionBy(partitions)
                .option("overwriteSchema", true)
                .option("userMetadata", TableVersion.WIDENING)
                .save(location);
    }

    /** Lays small files together, by the table's clustering where it has one; the newest version afterwards. */
    public static TableVersion optimize(SparkSession spark, String location) {
        long before = newest(spark, location);
        spark.sql("OPTIMIZE " + name(location));
        TableVersion after = newestFirst(spark, location).findFirst().orElseThrow();
        return after.number() > before
                ? after
                : new TableVersion(before, after.timestamp(), "", Map.of(), Map.of(), Optional.empty());
    }

    /**
     * Removes files that no version needs of so long ago or later. Delta counts in whole hours, so it may keep files of
     * an hour more; it refuses less than the table's {@code delta.deletedFileRetentionDuration}, and does not keep what
     * was removed longer ago than that, however long it is asked to.
     */
    public static void vacuum(SparkSession spark, String location, Duration kept) {
        long hours = kept.plus(Duration.ofHours(1)).minusNanos(1).toHours();
        // Its commits would push those of batches out of the log, and tell nobody anything.
        spark.conf().set(VACUUM_LOG, "false");
        try {
            // Delta tells on standard output how much it removed.
            Console.withOut(
                    OutputStream.nullOutputStream(),
                    () -> DeltaTable.forPath(spark, location).vacuum(hours));
        } finally {
            spark.conf().unset(VACUUM_LOG);
        }
    }

    /** Gives a table the rows of an earlier version again, in a commit of its own. */
    public static void restore(SparkSession spark, String location, long version, String userMetadata) {
        spark.conf().set(USER_METADATA, userMetadata);
        try {
            DeltaTable.forPath(spark, location).restoreToVersion(version);
        } finally {
            spark.conf().unset(USER_METADATA);
        }
    }

    /** Creates a table by a commit without rows; one that exists already is left as it is. */
    public static void create(SparkSession spark, String location, StructType schema, Map<String, String> properties) {
        create(spark, location, schema, List.of(), properties, "");
    }

    /**
     * The same, of a table whose files are parted by the values of some columns.
     *
     * @param comment what the table is; may be empty
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
        log(spark, location).removeUnborn();
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
