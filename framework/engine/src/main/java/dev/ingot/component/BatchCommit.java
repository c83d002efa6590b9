package dev.ingot.component;

import java.util.Map;
import java.util.Objects;

/**
 * What a write puts into Delta's log beside the rows. The pair (application, batch) makes a repeated write of one batch
 * a no-op: Delta skips a pair that it has seen.
 *
 * @param application Delta's {@code txnAppId}
 * @param batch Delta's {@code txnVersion}
 * @param userMetadata the commit's user metadata: which run and batch made it
 */
public record BatchCommit(String application, long batch, String userMetadata) {

    public BatchCommit {
        Objects.requireNonNull(application, "application");
        Objects.requireNonNull(userMetadata, "userMetadata");
    }

    /** The pair and the metadata as options of a DataFrame writer. */
    public Map<String, String> writerOptions() {
        return Map.of("txnAppId", application, "txnVersion", Long.toString(batch), "userMetadata", userMetadata);
    }

    /** The same as settings of a session, where MERGE takes them from. */
    public Map<String, String> sessionSettings() {
        return Map.of(
                "spark.databricks.delta.write.txnAppId", application,
                "spark.databricks.delta.write.txnVersion", Long.toString(batch),
                "spark.databricks.delta.commitInfo.userMetadata", userMetadata);
    }
}
