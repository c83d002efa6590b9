package dev.ingot.delta;

import io.delta.tables.DeltaTable;
import io.delta.tables.DeltaTableBuilder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/** Reads and creates Delta tables by their address. */
public final class DeltaTables {

    /** The property that holds a table's identity: one that is re-created at the same address gets another. */
    private static final String ID = "ingot.table_id";

    private static final String USER_METADATA = "spark.databricks.delta.commitInfo.userMetadata";

    private DeltaTables() {}

    /** Whether there is a table at an address: a log with at least one version. */
    public static boolean exists(SparkSession spark, String location) {
        return log(spark, location).exists();
    }

    /** The table at an address, as it stands now; empty when there is none. */
    public static Optional<TableHead> find(SparkSession spark, String location) {
        if (!exists(spark, location)) {
            return Optional.empty();
        }
        long version = log(spark, location).newest();
        Map<String, String> properties = properties(spark, location);
        return Optional.of(new TableHead(location, properties.getOrDefault(ID, ""), version, properties));
    }

    /** The identity of a table that exists; empty when another hand created it. */
    public static String id(SparkSession spark, String location) {
        return properties(spark, location).getOrDefault(ID, "");
    }

    /** Gives a table of another hand an identity. */
    public static void adopt(SparkSession spark, String location) {
        spark.sql("ALTER TABLE " + name(location) + " SET TBLPROPERTIES ('" + ID + "' = '" + UUID.randomUUID() + "')");
    }

    /** Delta's own detail of a table would read its whole state for them. */
    private static Map<String, String> properties(SparkSession spark, String location) {
        Map<String, String> properties = new HashMap<>();
        spark.sql("SHOW TBLPROPERTIES " + name(location))
                .collectAsList()
                .forEach(row -> properties.put(row.getString(0), row.getString(1)));
        return properties;
    }

    private static String name(String location) {
        return "delta.`" + location.replace("`", "``") + "`";
    }

    /** The number of the newest version of a table that exists. */
    public static long newest(SparkSession spark, String location) {
        return log(spark, location).newest();
    }

    /** The versions of a table, newest first, as far back as its log goes; each is read when it is asked for. */
    public static Stream<Version> newestFirst(SparkSession spark, String location) {
        return log(spark, location).newestFirst();
    }

    /** One version of a table; empty when the log no longer has it, or does not have it yet. */
    public static Optional<Version> version(SparkSession spark, String location, long number) {
        return log(spark, location).version(number);
    }

    /** Every version of a table that its log still knows, newest first, with the times at which Delta orders them. */
    public static List<Version> history(SparkSession spark, String location) {
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
     */
    public static void addColumns(SparkSession spark, String location, List<String> ddl) {
        spark.sql("ALTER TABLE " + name(location) + " ADD COLUMNS (" + String.join(", ", ddl) + ")");
    }

    /** Writes all rows of a table anew, because some of their types are wider now; says so in the commit. */
    public static void widen(Dataset<Row> rows, String[] partitions, String location) {
        rows.write()
                .format("delta")
                .mode("overwrite")
                .partitionBy(partitions)
                .option("overwriteSchema", true)
                .option("userMetadata", Version.WIDENING)
                .save(location);
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
        create(spark, location, schema, List.of(), properties);
    }

    /** The same, of a table whose files are parted by the values of some columns. */
    public static void create(
            SparkSession spark,
            String location,
            StructType schema,
            List<String> partitions,
            Map<String, String> properties) {
        if (exists(spark, location)) {
            return;
        }
        log(spark, location).removeUnborn();
        DeltaTableBuilder builder = DeltaTable.createIfNotExists(spark)
                .location(location)
                .addColumns(schema)
                .partitionedBy(partitions.toArray(String[]::new))
                .property(ID, UUID.randomUUID().toString());
        for (Map.Entry<String, String> property : properties.entrySet()) {
            builder = builder.property(property.getKey(), property.getValue());
        }
        builder.execute();
    }

    private static CommitLog log(SparkSession spark, String location) {
        return new CommitLog(location, HadoopSettings.of(spark));
    }

    private static List<Version> versions(Dataset<Row> history) {
        List<Version> versions = new ArrayList<>();
        Dataset<Row> read = history.select(
                "version", "timestamp", "operation", "operationParameters", "operationMetrics", "userMetadata");
        for (Row row : read.collectAsList()) {
            versions.add(new Version(
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
