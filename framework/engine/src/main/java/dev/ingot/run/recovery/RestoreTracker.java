package dev.ingot.run.recovery;

import dev.ingot.delta.DeltaTables;
import dev.ingot.delta.TableSnapshot;
import dev.ingot.delta.TableVersion;
import dev.ingot.diagnostics.Code;
import dev.ingot.diagnostics.Diagnostic;
import dev.ingot.diagnostics.IngotException;
import dev.ingot.diagnostics.SourceSpan;
import dev.ingot.run.write.AuxiliaryTable;
import dev.ingot.state.BatchLog;
import dev.ingot.state.BatchRecord;
import dev.ingot.state.CommittedBatch;
import dev.ingot.state.RefreshMode;
import dev.ingot.state.RestoreCommit;
import dev.ingot.state.RestoreTimestamp;
import dev.ingot.state.StateStore;
import java.util.List;
import java.util.function.Consumer;
import org.apache.spark.sql.SparkSession;

/** Follows the RESTOREs of a table, whoever made them: records, quarantine and memory go where the table went. */
record RestoreTracker(
        SparkSession spark,
        StateStore store,
        List<AuxiliaryTable> companions,
        SourceSpan pipeline,
        Consumer<String> warnings) {

    /**
     * Records and companions in agreement with the table.
     *
     * @param log of this table only
     * @throws IngotException when the table is not built anew, and its history does not tell what happened since the
     *     records were written
     */
    BatchLog follow(BatchLog log, TableSnapshot head, RefreshMode refreshMode) {
        List<TableVersion> news = since(log, head, refreshMode);
        BatchLog now = log.and(RestoreCommit.in(head.id(), news, RestoreTimestamp.BEHIND_UTC));
        if (now.restores().equals(log.restores())) {
            return log;
        }
        List<RestoreCommit> otherwise = RestoreCommit.in(head.id(), news, RestoreTimestamp.AHEAD_OF_UTC);
        if (refreshMode == RefreshMode.INCREMENTAL
                && !log.and(otherwise).counting().equals(now.counting())) {
            throw new IngotException(Diagnostic.error(
                    Code.ENV_RESTORE,
                    pipeline,
                    "Cannot tell which batches of " + store.pipeline()
                            + " a RESTORE took back: it names a time without a zone, and batches lie close to it",
                    "Restore the table once more, by the version that you mean: RESTORE TABLE ... TO VERSION AS OF n"));
        }
        tell(
                log.counting(),
                now.counting(),
                "was taken back by a RESTORE of the table; what it had read counts as new");
        tell(
                now.counting(),
                log.counting(),
                "was brought back by a RESTORE of the table; what it had read counts as read");
        if (!log.counting().equals(now.counting())) {
            List<BatchRecord> counting =
                    now.counting().stream().map(CommittedBatch::batch).toList();
            companions.forEach(companion -> companion.restore(counting));
        }
        now.restores().stream()
                .filter(restore -> !log.restores().contains(restore))
                .forEach(store::restored);
        return now;
    }

    private void tell(List<CommittedBatch> of, List<CommittedBatch> without, String what) {
        of.stream()
                .filter(batch -> !without.contains(batch))
                .forEach(batch -> warnings.accept("Batch " + batch.batch().number() + " of " + store.pipeline()
                        + " (version " + batch.version() + ") " + what + " again."));
    }

    /** The versions that the records do not speak of; all when one is a RESTORE by time, which may reach behind them. */
    private List<TableVersion> since(BatchLog log, TableSnapshot head, RefreshMode refreshMode) {
        long known = log.known();
        if (log.settled().isEmpty() || known >= head.version()) {
            return List.of();
        }
        List<TableVersion> news = DeltaTables.newestFirst(spark, head.location())
                .takeWhile(version -> version.number() > known)
                .toList();
        boolean gap = news.isEmpty() || news.get(news.size() - 1).number() > known + 1;
        if (refreshMode == RefreshMode.INCREMENTAL && gap) {
            throw new IngotException(Diagnostic.error(
                    Code.ENV_TABLE_REPLACED,
                    pipeline,
                    "Cannot add to " + store.pipeline() + ": the history of its table was cleaned up from version "
                            + (known + 1) + " on, so nobody can tell whether a RESTORE was among what is gone",
                    "Build the table and those made of it anew with: ingot run " + store.pipeline()
                            + "+ --full-refresh"));
        }
        return news.stream().anyMatch(RestoreCommit::isByTime) ? DeltaTables.history(spark, head.location()) : news;
    }
}
