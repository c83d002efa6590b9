package dev.ingot.state;

import dev.ingot.delta.DeltaTables;
import dev.ingot.delta.TableVersion;
import dev.ingot.diagnostics.Code;
import dev.ingot.diagnostics.Diagnostic;
import dev.ingot.diagnostics.IngotException;
import dev.ingot.diagnostics.SourceSpan;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;

/** Looks for the commit of a batch in the history of a table, and tells ours from that of a run beside us. */
public record CommitLookup(SparkSession spark) {

    /** The version that a batch made at an address, whichever run's attempt it was. */
    public Optional<TableVersion> find(String location, BatchRecord batch) {
        if (!DeltaTables.exists(spark, location)) {
            return Optional.empty();
        }
        return DeltaTables.newestFirst(spark, location)
                .filter(version -> CommitMetadata.isBatch(batch, version))
                .findFirst();
    }

    /**
     * The version that our attempt of a batch has just made. Delta skips the write of a batch that another run wrote
     * first, and does not say so.
     *
     * @throws IngotException when the commit is another run's
     */
    public TableVersion ours(String location, BatchRecord batch, SourceSpan place) {
        return find(location, batch)
                .filter(version -> CommitMetadata.madeBy(batch.run(), version))
                .orElseThrow(() -> new IngotException(Diagnostic.error(
                        Code.ENV_CONFLICT,
                        place,
                        "Cannot count batch " + batch.number() + " of " + batch.pipeline()
                                + ": another run committed it first",
                        "Run again; what that run did not read is still new.")));
    }
}
