package dev.ingot.testkit;

import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.SparkSession;

/**
 * Holds the single Spark application of a test JVM: two threads, Delta, an in-memory catalog, UTC, and ports on
 * 127.0.0.1 only. Starting it takes seconds, a further session milliseconds. It starts on first use, and Spark's own
 * shutdown hook stops it. Sessions do not share settings, temporary views or functions. They do share the catalog, so a
 * test that registers a table must use a unique name.
 */
public final class LocalSpark {

    private static SparkSession shared;

    private LocalSpark() {}

    /**
     * Creates a session of the JVM's single application.
     *
     * @throws IllegalArgumentException if {@code testkit.properties} has a key that does not start with "spark."
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

    /**
     * Merges the settings; later ones win: defaults for tests, the module under test, the system properties of the JVM.
     */
    private static Map<String, String> settings() {
        Map<String, String> settings = new TreeMap<>(testDefaults(TemporaryFolder.untilExit("ingot-spark-")));
        settings.putAll(ExtraSettings.ofClassPath());
        settings.putAll(ExtraSettings.ofSystemProperties());
        return settings;
    }

    /**
     * Returns defaults for fast tests. The two numbers of partitions matter most: with Spark's defaults, each about
     * doubles a suite's time. Two shuffle partitions instead of one reveal code that relies on rows being in one
     * partition. Code generation is off: in a suite of many small and different queries, it takes more time than it
     * saves.
     */
    private static Map<String, String> testDefaults(Path folder) {
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
