package dev.ingot.run.recovery;

import dev.ingot.delta.DeltaTables;
import dev.ingot.delta.TableSnapshot;
import dev.ingot.delta.TableVersion;
import dev.ingot.diagnostics.Code;
import dev.ingot.diagnostics.Diagnostic;
import dev.ingot.diagnostics.IngotException;
import dev.ingot.diagnostics.SourceSpan;
import dev.ingot.names.TableId;
import dev.ingot.plan.PipelinePlan;
import dev.ingot.plan.Route;
import dev.ingot.run.context.LakeContext;
import dev.ingot.run.write.AuxiliaryTable;
import dev.ingot.run.write.UnfinishedBatch;
import dev.ingot.state.BatchLog;
import dev.ingot.state.BatchRecord;
import dev.ingot.state.CommitLookup;
import dev.ingot.state.CommitMetadata;
import dev.ingot.state.CommittedBatch;
import dev.ingot.state.LakeFiles;
import dev.ingot.state.RefreshMode;
import dev.ingot.state.StateStore;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;

/**
 * Makes the records of a pipeline's batches and its table agree, after a dead run, a RESTORE or a re-created table.
 */
public final class Recovery {

    private final LakeContext context;
    private final SparkSession spark;
    private final PipelinePlan plan;
    private final String location;
    private final StateStore store;
    private final BatchCompletion completion;
    private final RestoreTracker restores;
    private final Consumer<String> warnings;

    public Recovery(
            LakeContext context,
            PipelinePlan plan,
            StateStore store,
            List<AuxiliaryTable> auxiliaryTables,
            Consumer<String> warnings) {
        this.context = context;
        this.spark = context.spark();
        this.plan = plan;
        this.location = context.lake().table(plan.id());
        this.store = store;
        this.completion = new BatchCompletion(store, auxiliaryTables);
        this.restores = new RestoreTracker(spark, store, auxiliaryTables, place(), warnings);
        this.warnings = warnings;
    }

    /**
     * The records and the table, in agreement.
     *
     * @param log the batches of this table only
     * @param snapshot the current table; empty when it does not exist
     */
    public record RecoveredState(BatchLog log, Optional<TableSnapshot> snapshot) {}

    /** Returns what settles or abandons batches of this pipeline. */
    public BatchCompletion completion() {
        return completion;
    }

    /**
     * Makes records and table agree before anything is read, and returns both.
     *
     * @throws IngotException when the table is not the one that was written last, and is not rebuilt
     */
    public RecoveredState recover(RefreshMode refreshMode) {
        BatchLog log = store.load();
        Optional<TableSnapshot> snapshot = snapshot(log);
        if (refreshMode == RefreshMode.INCREMENTAL) {
            checkIdentity(snapshot, log);
        } else if (snapshot.isPresent() && snapshot.get().id().isEmpty()) {
            DeltaTables.adopt(spark, location);
            snapshot = DeltaTables.find(spark, location);
        }
        log.abandoned().forEach(completion::abandon);
        BatchLog own = log.ofTable(snapshot.map(TableSnapshot::id).orElse(""));
        return new RecoveredState(
                snapshot.isEmpty() ? own : restores.follow(own, snapshot.get(), refreshMode), snapshot);
    }

    /** Returns the current table; when its newest commit is the last settled batch, the record has its identity. */
    private Optional<TableSnapshot> snapshot(BatchLog log) {
        if (log.last().isPresent() && DeltaTables.exists(spark, location)) {
            CommittedBatch last = log.last().get();
            TableVersion newest =
                    DeltaTables.newestFirst(spark, location).findFirst().orElseThrow();
            if (newest.number() == last.version() && CommitMetadata.isOf(last.batch(), newest)) {
                return Optional.of(new TableSnapshot(location, last.tableId(), newest.number(), Map.of()));
            }
        }
        return DeltaTables.find(spark, location);
    }

    /** Refuses a table that is not the one written last, because it holds rows that are not in the records. */
    private void checkIdentity(Optional<TableSnapshot> snapshot, BatchLog log) {
        if (log.last().isEmpty()) {
            refuseForeign(snapshot);
            return;
        }
        CommittedBatch last = log.last().get();
        String problem = snapshot.isEmpty()
                ? "it no longer exists"
                : !snapshot.get().id().equals(last.tableId())
                        ? "it was re-created since"
                        : snapshot.get().version() < log.ofTable(last.tableId()).newestRecordedVersion()
                                ? "its newest versions are missing"
                                : "";
        if (!problem.isEmpty()) {
            throw new IngotException(Diagnostic.error(
                    Code.ENV_TABLE_REPLACED,
                    place(),
                    "Cannot add to " + id() + " at " + location + ": " + problem + ", so the table no longer"
                            + " matches the recorded batches",
                    "Restore the table, or rebuild it and those made from it with: ingot run " + id()
                            + "+ --full-refresh"));
        }
    }

    private void refuseForeign(Optional<TableSnapshot> snapshot) {
        if (snapshot.isPresent() && snapshot.get().id().isEmpty()) {
            throw new IngotException(Diagnostic.error(
                    Code.ENV_TABLE_REPLACED,
                    place(),
                    "Cannot write " + id() + ": the table at " + location + " was created outside Ingot",
                    "Move it away, or replace its rows (Delta keeps them as an earlier version) with: ingot run " + id()
                            + " --full-refresh"));
        }
        if (snapshot.isEmpty()) {
            refuseFiles();
        }
    }

    private void refuseFiles() {
        LakeFiles files = context.files();
        Stream.concat(files.list(location).stream(), files.folders(location).stream())
                .filter(name -> !name.equals("_delta_log"))
                .findFirst()
                .ifPresent(name -> {
                    throw new IngotException(Diagnostic.error(
                            Code.ENV_TABLE_REPLACED,
                            place(),
                            "Cannot write " + id() + ": " + location + " has files that belong to no Delta table ("
                                    + name + ")",
                            "Move them away; to keep their rows, read them with a separate pipeline."));
                });
    }

    /**
     * Returns the unfinished batch of an earlier run that has to be replayed unchanged. Others are settled when they
     * landed, and abandoned when they did not.
     *
     * @param replayable whether a batch can be written unchanged
     */
    public Optional<UnfinishedBatch> unfinished(RecoveredState state, Predicate<BatchRecord> replayable) {
        Optional<UnfinishedBatch> replay = Optional.empty();
        for (BatchRecord open : state.log().open()) {
            Optional<TableVersion> landed = new CommitLookup(spark)
                    .find(location, open)
                    .filter(version -> state.log()
                            .isNotRolledBack(state.snapshot().orElseThrow().id(), version.number()));
            boolean byAnother = landed.isPresent() && !CommitMetadata.madeBy(open.run(), landed.get());
            if (byAnother) {
                completion.abandon(open);
            } else if (replay.isEmpty() && replayable.test(open)) {
                replay = Optional.of(new UnfinishedBatch(open, landed));
            } else if (landed.isPresent()) {
                settle(open, state.snapshot().orElseThrow(), landed.get());
            } else {
                completion.abandon(open);
            }
        }
        return replay;
    }

    private void settle(BatchRecord open, TableSnapshot snapshot, TableVersion landed) {
        completion.settle(open, snapshot.id(), landed);
        if (plan.route() != Route.STAGED || open.refreshMode() == RefreshMode.FULL) {
            warnings.accept("Batch " + open.number() + " of " + id() + " was written by a run that died before it wrote"
                    + " the quarantine. The pipeline or its input changed since, so the quarantine lacks these rows.");
        }
    }

    private TableId id() {
        return plan.id();
    }

    private SourceSpan place() {
        return plan.span();
    }
}
