package dev.ingot.session;

import java.util.Map;

/** Default settings for Spark in one process on one machine. Settings of the environment override them. */
public final class LocalDefaults {

    /** Spark settings by name. */
    public static final Map<String, String> SETTINGS = Map.ofEntries(
            Map.entry("spark.master", "local[*]"),
            Map.entry("spark.app.name", "ingot"),
            Map.entry("spark.ui.enabled", "false"),
            Map.entry("spark.driver.host", "127.0.0.1"),
            Map.entry("spark.driver.bindAddress", "127.0.0.1"),
            Map.entry("spark.sql.shuffle.partitions", "4"),
            Map.entry("spark.databricks.delta.snapshotPartitions", "1"),
            Map.entry("spark.sql.sources.parallelPartitionDiscovery.parallelism", "4"),
            Map.entry("spark.sql.catalogImplementation", "in-memory"));

    private LocalDefaults() {}
}
