package dev.ingot.state;

import java.util.Objects;

/**
 * A batch whose commit is known.
 *
 * @param tableId the identity of the table that it was written to
 * @param version the version that it made
 */
public record CommittedBatch(BatchRecord batch, String tableId, long version) {

    public CommittedBatch {
        Objects.requireNonNull(batch, "batch");
        Objects.requireNonNull(tableId, "tableId");
    }
}
