package dev.ingot.session;

import java.util.Map;

/**
 * How long storage is waited for. Hadoop's drivers repeat what fails for many minutes, whatever the reason; with these a
 * host that is down is told of in about a quarter of a minute, and one that asks for fewer requests is given a minute.
 * An environment's own settings win, those of a bucket too.
 */
public final class StorageDefaults {

    /** Settings of Spark by name; numbers of attempts, and times in the driver's own words (ms where there is no unit). */
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
