package dev.ingot.testkit;

import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.SparkSession;

/**
 * The one Spark application of a test JVM: two threads, Delta, an in-memory catalog, UTC, nothing listening beyond
 * 127.0.0.1. Starting it costs seconds, a further session milliseconds. It is started when first asked for, and Spark's
 * own shutdown hook ends it. Sessions do not share settings, temporary views or functions; they do share the catalog,
 * so a test that registers a table gives it a name of its own.
 */
public final class LocalSpark {

    private static SparkSession shared;

    private LocalSpark() {}

    /**
     * A new session of the JVM's one application.
     *
     * @throws IllegalArgumentException if {@code testkit.properties} holds a key that does not begin with "spark."
     */
    public static SparkSession newSession() {
        return shared().newSession();
    }

    private static synchronized SparkSession shared() {
        if (shared == null) {
            SparkSession.Builder builder = SparkSession.builder().appName("tests");
            settings().forEach(builder::config);
            shared = builder.getOrCreate();
        }
        return shared;
    }

    /** Later ones win: what suits tests, what the module under test needs, what this one JVM was started with. */
    private static Map<String, String> settings() {
        Map<String, String> settings = new TreeMap<>(tuned(TemporaryFolder.untilExit("ingot-spark-")));
        settings.putAll(ExtraSettings.ofClassPath());
        settings.putAll(ExtraSettings.ofSystemProperties());
        return settings;
    }

    /**
     * The two numbers of partitions matter most: left alone, each about doubles a suite's time. Two shuffle partitions
     * and not one, so that code which relies on rows being together is found out. Without generated code, a suite of
     * many small and different queries spends less time compiling than it saves.
     */
    private static Map<String, String> tuned(Path folder) {
        return Map.ofEntries(
                Map.entry("spark.master", "local[2]"),
                Map.entry("spark.driver.host", "127.0.0.1"),
                Map.entry("spark.driver.bindAddress", "127.0.0.1"),
                Map.entry("spark.ui.enabled", "false"),
                Map.entry("spark.sql.extensions", "io.delta.sql.DeltaSparkSessionExtension"),
                Map.entry("spark.sql.catalog.spark_catalog", "org.apache.spark.sql.delta.catalog.DeltaCatalog"),
                Map.entry("spark.sql.catalogImplementation", "in-memory"),
                Map.entry("spark.sql.warehouse.dir", folder.resolve("warehouse").toString()),
                Map.entry("spark.sql.session.timeZone", "UTC"),
                Map.entry("spark.sql.shuffle.partitions", "2"),
                Map.entry("spark.default.parallelism", "2"),
                Map.entry("spark.databricks.delta.snapshotPartitions", "1"),
                Map.entry("spark.sql.sources.parallelPartitionDiscovery.parallelism", "1"),
                Map.entry("spark.shuffle.compress", "false"),
                Map.entry("spark.sql.codegen.wholeStage", "false"),
                Map.entry("spark.sql.codegen.factoryMode", "NO_CODEGEN"));
    }
}
