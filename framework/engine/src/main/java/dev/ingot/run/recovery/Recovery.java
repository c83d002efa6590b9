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
import dev.ingot.state.BatchLog;
import dev.ingot.state.BatchRecord;
import dev.ingot.state.CommitLookup;
import dev.ingot.state.CommitMetadata;
import dev.ingot.state.CommittedBatch;
import dev.ingot.state.LakeFiles;
import dev.ingot.state.RefreshMode;
import dev.ingot.state.StateStore;
import dev.ingot.state.UnfinishedBatch;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;

/**
 * Brings the records of a pipeline's batches and its table together again, whatever happened since: a run that died, a
 * RESTORE, a table made anew.
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
            List<AuxiliaryTable> companions,
            Consumer<String> warnings) {
        this.context = context;
        this.spark = context.spark();
        this.plan = plan;
        this.location = context.lake().table(plan.id());
        this.store = store;
        this.completion = new BatchCompletion(store, companions);
        this.restores = new RestoreTracker(spark, store, companions, place(), warnings);
        this.warnings = warnings;
    }

    /**
     * Records and table, in agreement.
     *
     * @param log of this table only
     * @param head the table as it is; empty when there is none
     */
    public record Standing(BatchLog log, Optional<TableSnapshot> head) {}

    /** How batches are ended here. */
    public BatchCompletion completion() {
        return completion;
    }

    /**
     * How the pipeline stands before anything is read.
     *
     * @throws IngotException when the table is not the one that was written last, and is not to be built anew
     */
    public Standing standing(RefreshMode refreshMode) {
        BatchLog log = store.load();
        Optional<TableSnapshot> head = head(log);
        if (refreshMode == RefreshMode.INCREMENTAL) {
            checkIdentity(head, log);
        } else if (head.isPresent() && head.get().id().isEmpty()) {
            DeltaTables.adopt(spark, location);
            head = DeltaTables.find(spark, location);
        }
        log.givenUp().forEach(completion::giveUp);
        BatchLog own = log.ofTable(head.map(TableSnapshot::id).orElse(""));
        return new Standing(head.isEmpty() ? own : restores.follow(own, head.get(), refreshMode), head);
    }

    /** The table as it is. When its newest commit is the batch settled last, the record says the rest of it. */
    private Optional<TableSnapshot> head(BatchLog log) {
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

    /** A table that is not the one written last holds rows that the records do not speak of. */
    private void checkIdentity(Optional<TableSnapshot> head, BatchLog log) {
        if (log.last().isEmpty()) {
            refuseForeign(head);
            return;
        }
        CommittedBatch last = log.last().get();
        String problem = head.isEmpty()
                ? "it is gone"
                : !head.get().id().equals(last.tableId())
                        ? "it was re-created since"
                        : head.get().version() < log.ofTable(last.tableId()).known()
                                ? "its newest versions are gone"
                                : "";
        if (!problem.isEmpty()) {
            throw new IngotException(Diagnostic.error(
                    Code.ENV_TABLE_REPLACED,
                    place(),
                    "Cannot add to " + id() + " at " + location + ": " + problem + ", so what was read and what"
                            + " the table holds no longer agree",
                    "Put the table back, or build it and those made of it anew with: ingot run " + id()
                            + "+ --full-refresh"));
        }
    }

    private void refuseForeign(Optional<TableSnapshot> head) {
        if (head.isPresent() && head.get().id().isEmpty()) {
            throw new IngotException(Diagnostic.error(
                    Code.ENV_TABLE_REPLACED,
                    place(),
                    "Cannot write " + id() + ": there is a table at " + location + " that another hand made",
                    "Move it away, or replace its rows (Delta keeps them as an earlier version) with: ingot run " + id()
                            + " --full-refresh"));
        }
        if (head.isEmpty()) {
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
                            "Cannot write " + id() + ": there are files at " + location
                                    + " that belong to no Delta table (" + name + ")",
                            "Move them away; if they are rows to keep, read them by a pipeline of their own."));
                });
    }

    /**
     * The batch that an earlier run began and did not bring to an end, to be repeated exactly as it was. Others are
     * settled when they landed, and given up when they did not.
     *
     * @param repeatable whether a batch can be written as it was meant
     */
    public Optional<UnfinishedBatch> unfinished(Standing standing, Predicate<BatchRecord> repeatable) {
        Optional<UnfinishedBatch> repeat = Optional.empty();
        for (BatchRecord open : standing.log().open()) {
            Optional<TableVersion> landed = new CommitLookup(spark)
                    .find(location, open)
                    .filter(made ->
                            standing.log().stands(standing.head().orElseThrow().id(), made.number()));
            boolean byAnother = landed.isPresent() && !CommitMetadata.madeBy(open.run(), landed.get());
            if (byAnother) {
                completion.giveUp(open);
            } else if (repeat.isEmpty() && repeatable.test(open)) {
                repeat = Optional.of(new UnfinishedBatch(open, landed));
            } else if (landed.isPresent()) {
                settle(open, standing.head().orElseThrow(), landed.get());
            } else {
                completion.giveUp(open);
            }
        }
        return repeat;
    }

    private void settle(BatchRecord open, TableSnapshot head, TableVersion landed) {
        completion.settle(open, head.id(), landed);
        if (plan.route() != Route.STAGED || open.refreshMode() == RefreshMode.FULL) {
            warnings.accept(
                    "Batch " + open.number() + " of " + id() + " was written by a run that died before it kept"
                            + " what it held back. The pipeline or its input changed since, so those rows are not in quarantine.");
        }
    }

    private TableId id() {
        return plan.id();
    }

    private SourceSpan place() {
        return plan.span();
    }
}
