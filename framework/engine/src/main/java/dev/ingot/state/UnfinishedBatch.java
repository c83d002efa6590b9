package dev.ingot.state;

import dev.ingot.delta.TableVersion;
import java.util.Objects;
import java.util.Optional;

/**
 * A batch that still has to be written or settled.
 *
 * @param landed the version that it made, when its commit is in the table already
 */
public record UnfinishedBatch(BatchRecord batch, Optional<TableVersion> landed) {

    public UnfinishedBatch {
        Objects.requireNonNull(batch, "batch");
        Objects.requireNonNull(landed, "landed");
    }
}
