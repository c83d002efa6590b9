package dev.ingot.run.write;

import dev.ingot.delta.TableVersion;
import dev.ingot.diagnostics.IngotException;
import java.util.Map;

/** Writes one batch: quarantine and table, each in one commit that a retry cannot repeat. */
public interface BatchWriter {

    /** The version that the batch committed, and where its rows went. */
    record Written(TableVersion version, RowCounts counts, Map<String, Long> violations) {}

    /**
     * Writes the batch.
     *
     * @throws IngotException when a rule refuses the batch, so that nothing is written; or when another run wrote it
     */
    Written write();
}
