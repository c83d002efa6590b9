package dev.ingot.state;

import java.util.Objects;

/**
 * A batch whose commit is recorded.
 *
 * @param tableId the identity of its table
 * @param version the version that its commit made
 */
public record CommittedBatch(BatchRecord batch, String tableId, long version) {

    public CommittedBatch {
        Objects.requireNonNull(batch, "batch");
        Objects.requireNonNull(tableId, "tableId");
    }
}
