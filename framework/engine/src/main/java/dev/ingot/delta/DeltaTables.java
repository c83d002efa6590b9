package dev.ingot.delta;

import io.delta.tables.DeltaTable;
import io.delta.tables.DeltaTableBuilder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/** Reads and creates Delta tables by their address. */
public final class DeltaTables {

    private DeltaTables() {}

    /** Whether there is a table at an address. */
    public static boolean exists(SparkSession spark, String location) {
        return DeltaTable.isDeltaTable(spark, location);
    }

    /** The table at an address, as it stands now; empty when there is none. */
    public static Optional<TableHead> find(SparkSession spark, String location) {
        if (!exists(spark, location)) {
            return Optional.empty();
        }
        DeltaTable table = DeltaTable.forPath(spark, location);
        Row detail = table.detail().select("id", "properties").first();
        long version = table.history(1).select("version").first().getLong(0);
        return Optional.of(new TableHead(location, detail.getString(0), version, detail.getJavaMap(1)));
    }

    /** Delta's identity of a table that exists. */
    public static String id(SparkSession spark, String location) {
        return DeltaTable.forPath(spark, location).detail().select("id").first().getString(0);
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
        DeltaTableBuilder builder =
                DeltaTable.createIfNotExists(spark).location(location).addColumns(schema);
        for (Map.Entry<String, String> property : properties.entrySet()) {
            builder = builder.property(property.getKey(), property.getValue());
        }
        builder.execute();
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
