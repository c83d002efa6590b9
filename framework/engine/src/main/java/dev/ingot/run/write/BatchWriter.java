package dev.ingot.run.write;

import dev.ingot.delta.TableVersion;
import dev.ingot.diagnostics.IngotException;
import java.util.Map;

/** Writes one batch: quarantine and table, each in one commit that a repetition cannot double. A class for each route. */
public interface BatchWriter {

    /** The version that the batch made, and where its rows went. */
    record Written(TableVersion version, RowCounts counts, Map<String, Long> violations) {}

    /**
     * Writes the batch.
     *
     * @throws IngotException when a rule refuses the batch, and nothing is written then; or when another run wrote it
     */
    Written write();
}
