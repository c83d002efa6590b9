package dev.ingot.run.write;

import dev.ingot.delta.TableVersion;
import dev.ingot.state.BatchRecord;
import java.util.Objects;
import java.util.Optional;

/**
 * A batch that still has to be committed or settled.
 *
 * @param landed the version that its commit made, when the table already has it
 */
public record UnfinishedBatch(BatchRecord batch, Optional<TableVersion> landed) {

    public UnfinishedBatch {
        Objects.requireNonNull(batch, "batch");
        Objects.requireNonNull(landed, "landed");
    }
}
