package dev.ingot.session;

import java.util.Map;

/**
 * Default timeouts and retries for storage. Hadoop's connectors retry any failure for many minutes; with these
 * settings, an unreachable host is reported after about 15 seconds, and throttling is retried for about a minute.
 * Settings of the environment override them, per-bucket settings too.
 */
public final class StorageDefaults {

    /** Spark settings by name; numbers of attempts, and times in the connector's format (ms without a unit). */
    public static final Map<String, String> SETTINGS = Map.ofEntries(
            Map.entry("spark.hadoop.fs.s3a.attempts.maximum", "3"),
            Map.entry("spark.hadoop.fs.s3a.connection.establish.timeout", "5000"),
            Map.entry("spark.hadoop.fs.s3a.retry.limit", "3"),
            Map.entry("spark.hadoop.fs.s3a.retry.interval", "500ms"),
            Map.entry("spark.hadoop.fs.s3a.retry.throttle.limit", "6"),
            Map.entry("spark.hadoop.fs.s3a.retry.throttle.interval", "250ms"),
            Map.entry("spark.hadoop.fs.azure.io.retry.max.retries", "5"),
            Map.entry("spark.hadoop.fs.azure.io.retry.min.backoff.interval", "500"),
            Map.entry("spark.hadoop.fs.azure.io.retry.backoff.interval", "500"),
            Map.entry("spark.hadoop.fs.azure.io.retry.max.backoff.interval", "10000"));

    private StorageDefaults() {}
}
