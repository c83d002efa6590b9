package dev.ingot.state;

import java.util.Objects;

/**
 * A batch whose commit is known.
 *
 * @param tableId the identity of the table that it was written to
 * @param version the version that it made
 * @param restored the newest RESTORE of the table before that version; 0 when there was none
 */
public record SettledBatch(BatchRecord batch, String tableId, long version, long restored) {

    public SettledBatch {
        Objects.requireNonNull(batch, "batch");
        Objects.requireNonNull(tableId, "tableId");
    }
}
