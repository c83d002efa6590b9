package dev.ingot.component;

import java.util.Map;
import java.util.Objects;

/**
 * The metadata that a write commits to Delta's log. The pair (application, batch) makes the write of a batch
 * idempotent: Delta skips a pair that is already committed.
 *
 * @param application Delta's {@code txnAppId}
 * @param batch Delta's {@code txnVersion}
 * @param userMetadata the commit's user metadata: its run and batch
 */
public record BatchCommit(String application, long batch, String userMetadata) {

    public BatchCommit {
        Objects.requireNonNull(application, "application");
        Objects.requireNonNull(userMetadata, "userMetadata");
    }

    /** Returns the pair and the metadata as options of a DataFrame writer. */
    public Map<String, String> writerOptions() {
        return Map.of("txnAppId", application, "txnVersion", Long.toString(batch), "userMetadata", userMetadata);
    }

    /** Returns the pair and the metadata as session settings, from which MERGE reads them. */
    public Map<String, String> sessionSettings() {
        return Map.of(
                "spark.databricks.delta.write.txnAppId", application,
                "spark.databricks.delta.write.txnVersion", Long.toString(batch),
                "spark.databricks.delta.commitInfo.userMetadata", userMetadata);
    }
}
