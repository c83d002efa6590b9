package dev.ingot.state;

import dev.ingot.delta.DeltaTables;
import dev.ingot.delta.TableVersion;
import dev.ingot.diagnostics.Code;
import dev.ingot.diagnostics.Diagnostic;
import dev.ingot.diagnostics.IngotException;
import dev.ingot.diagnostics.SourceSpan;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;

/** Finds the commit of a batch in the history of a table, and distinguishes it from that of a concurrent run. */
public record CommitLookup(SparkSession spark) {

    /** Returns the version that a batch committed to the table at a path, in any run's attempt. */
    public Optional<TableVersion> find(String location, BatchRecord batch) {
        if (!DeltaTables.exists(spark, location)) {
            return Optional.empty();
        }
        return DeltaTables.newestFirst(spark, location)
                .filter(version -> CommitMetadata.isBatch(batch, version))
                .findFirst();
    }

    /**
     * Returns the version that this run's attempt of a batch has just committed. Delta silently skips the write of a
     * batch that another run committed first.
     *
     * @throws IngotException when another run made the commit
     */
    public TableVersion requireOwn(String location, BatchRecord batch, SourceSpan place) {
        return find(location, batch)
                .filter(version -> CommitMetadata.madeBy(batch.run(), version))
                .orElseThrow(() -> new IngotException(Diagnostic.error(
                        Code.ENV_CONFLICT,
                        place,
                        "Cannot commit batch " + batch.number() + " of " + batch.pipeline()
                                + ": another run committed it first",
                        "Run again; input that the other run did not read is still new.")));
    }
}
