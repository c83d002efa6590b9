package dev.ingot.delta;

import io.delta.tables.DeltaTable;
import io.delta.tables.DeltaTableBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/** Reads and creates Delta tables by their address. */
public final class DeltaTables {

    /** The property that holds a table's identity: one that is re-created at the same address gets another. */
    private static final String ID = "ingot.table_id";

    private static final Pattern VERSION = Pattern.compile("\\d{20}\\.(json|checkpoint\\..*)");

    private DeltaTables() {}

    /**
     * Whether there is a table at an address. A log folder without a version is none: whoever made it died before the
     * first commit. File names are those of the Delta protocol ("Delta Log Entries", "Last Checkpoint File").
     */
    public static boolean exists(SparkSession spark, String location) {
        Path log = new Path(location, "_delta_log");
        try {
            FileSystem files = log.getFileSystem(HadoopSettings.of(spark));
            return files.exists(new Path(log, "00000000000000000000.json"))
                    || files.exists(new Path(log, "_last_checkpoint"))
                    || hasVersion(files, log);
        } catch (IOException failed) {
            throw new UncheckedIOException("cannot look for a table at " + location, failed);
        }
    }

    /** For a log whose first versions were cleaned up and whose pointer to the checkpoint is lost. */
    private static boolean hasVersion(FileSystem files, Path log) throws IOException {
        return files.exists(log)
                && Arrays.stream(files.listStatus(log))
                        .map(file -> file.getPath().getName())
                        .anyMatch(name -> VERSION.matcher(name).matches());
    }

    /** The table at an address, as it stands now; empty when there is none. */
    public static Optional<TableHead> find(SparkSession spark, String location) {
        if (!exists(spark, location)) {
            return Optional.empty();
        }
        long version = DeltaTable.forPath(spark, location)
                .history(1)
                .select("version")
                .first()
                .getLong(0);
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

    /** The newest versions of a table, newest first. */
    public static List<Version> history(SparkSession spark, String location, int limit) {
        return versions(DeltaTable.forPath(spark, location).history(limit));
    }

    /** Every version of a table that its log still knows, newest first. */
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

    /** Creates a table by a commit without rows; one that exists already is left as it is. */
    public static void create(SparkSession spark, String location, StructType schema, Map<String, String> properties) {
        if (exists(spark, location)) {
            return;
        }
        removeUnborn(spark, location);
        DeltaTableBuilder builder = DeltaTable.createIfNotExists(spark)
                .location(location)
                .addColumns(schema)
                .property(ID, UUID.randomUUID().toString());
        for (Map.Entry<String, String> property : properties.entrySet()) {
            builder = builder.property(property.getKey(), property.getValue());
        }
        builder.execute();
    }

    /**
     * Removes a log folder without a version, which Delta takes for a table and then leaves alone. A version that
     * arrives meanwhile keeps the folder: only an empty one is deleted.
     */
    private static void removeUnborn(SparkSession spark, String location) {
        Path log = new Path(location, "_delta_log");
        try {
            FileSystem files = log.getFileSystem(HadoopSettings.of(spark));
            if (files.exists(log)) {
                for (FileStatus file : files.listStatus(log)) {
                    if (!VERSION.matcher(file.getPath().getName()).matches()) {
                        files.delete(file.getPath(), true);
                    }
                }
                files.delete(log, false);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException("cannot create a table at " + location, failed);
        }
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
