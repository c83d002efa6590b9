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

/** Follows the RESTOREs of a table, no matter who ran them: records, quarantine and late events are restored too. */
record RestoreTracker(
        SparkSession spark,
        StateStore store,
        List<AuxiliaryTable> auxiliaryTables,
        SourceSpan pipeline,
        Consumer<String> warnings) {

    /**
     * Makes records and auxiliary tables agree with the table, and returns the records.
     *
     * @param log the batches of this table only
     * @throws IngotException when the table is not rebuilt, and its history does not show what happened since the
     *     records were written
     */
    BatchLog follow(BatchLog log, TableSnapshot snapshot, RefreshMode refreshMode) {
        List<TableVersion> newer = since(log, snapshot, refreshMode);
        BatchLog now = log.withRestores(RestoreCommit.in(snapshot.id(), newer, RestoreTimestamp.BEHIND_UTC));
        if (now.restores().equals(log.restores())) {
            return log;
        }
        List<RestoreCommit> otherwise = RestoreCommit.in(snapshot.id(), newer, RestoreTimestamp.AHEAD_OF_UTC);
        if (refreshMode == RefreshMode.INCREMENTAL
                && !log.withRestores(otherwise).effective().equals(now.effective())) {
            throw new IngotException(Diagnostic.error(
                    Code.ENV_RESTORE,
                    pipeline,
                    "Cannot determine which batches of " + store.pipeline()
                            + " a RESTORE took back: its timestamp has no time zone, and batches were committed"
                            + " close to it",
                    "Restore the table once more, by version number: RESTORE TABLE ... TO VERSION AS OF n"));
        }
        warn(
                log.effective(),
                now.effective(),
                "was taken back by a RESTORE of the table; what it had read counts as new");
        warn(
                now.effective(),
                log.effective(),
                "was reinstated by a RESTORE of the table; what it had read counts as read");
        if (!log.effective().equals(now.effective())) {
            List<BatchRecord> effective =
                    now.effective().stream().map(CommittedBatch::batch).toList();
            auxiliaryTables.forEach(table -> table.restore(effective));
        }
        now.restores().stream()
                .filter(restore -> !log.restores().contains(restore))
                .forEach(store::restored);
        return now;
    }

    private void warn(List<CommittedBatch> of, List<CommittedBatch> without, String what) {
        of.stream()
                .filter(batch -> !without.contains(batch))
                .forEach(batch -> warnings.accept("Batch " + batch.batch().number() + " of " + store.pipeline()
                        + " (version " + batch.version() + ") " + what + " again."));
    }

    /** Returns the versions after the records; all when one is a RESTORE by time, which may reach further back. */
    private List<TableVersion> since(BatchLog log, TableSnapshot snapshot, RefreshMode refreshMode) {
        long known = log.newestRecordedVersion();
        if (log.settled().isEmpty() || known >= snapshot.version()) {
            return List.of();
        }
        List<TableVersion> newer = DeltaTables.newestFirst(spark, snapshot.location())
                .takeWhile(version -> version.number() > known)
                .toList();
        boolean gap = newer.isEmpty() || newer.get(newer.size() - 1).number() > known + 1;
        if (refreshMode == RefreshMode.INCREMENTAL && gap) {
            throw new IngotException(Diagnostic.error(
                    Code.ENV_TABLE_REPLACED,
                    pipeline,
                    "Cannot add to " + store.pipeline() + ": the history of its table was cleaned up from version "
                            + (known + 1) + " on, and a RESTORE may have been among the removed versions",
                    "Rebuild the table and those made from it with: ingot run " + store.pipeline()
                            + "+ --full-refresh"));
        }
        return newer.stream().anyMatch(RestoreCommit::isByTime)
                ? DeltaTables.history(spark, snapshot.location())
                : newer;
    }
}
