package dev.ingot.run;

import dev.ingot.compile.CompiledPlan;
import dev.ingot.compile.PlannedTables;
import dev.ingot.component.KeyedOptions;
import dev.ingot.component.input.PinnedTable;
import dev.ingot.component.rows.SchemaProjection;
import dev.ingot.config.RunValues;
import dev.ingot.delta.DeltaTables;
import dev.ingot.delta.TableSnapshot;
import dev.ingot.delta.TableVersion;
import dev.ingot.diagnostics.Diagnostics;
import dev.ingot.diagnostics.IngotException;
import dev.ingot.diagnostics.Owner;
import dev.ingot.diagnostics.SourceSpan;
import dev.ingot.names.TableId;
import dev.ingot.plan.LogicalPlan;
import dev.ingot.plan.PipelinePlan;
import dev.ingot.plan.Route;
import dev.ingot.run.batch.BatchPlanner;
import dev.ingot.run.batch.InputSummary;
import dev.ingot.run.batch.PinnedVersions;
import dev.ingot.run.batch.SourceInputs;
import dev.ingot.run.context.LakeContext;
import dev.ingot.run.failure.Failures;
import dev.ingot.run.history.Outcome;
import dev.ingot.run.recovery.Recovery;
import dev.ingot.run.recovery.ReproducedBatches;
import dev.ingot.run.recovery.Reproduction;
import dev.ingot.run.schema.SchemaCheck;
import dev.ingot.run.schema.TableAlterer;
import dev.ingot.run.schema.TableCreation;
import dev.ingot.run.schema.TableDefinition;
import dev.ingot.run.write.AuxiliaryTable;
import dev.ingot.run.write.BatchWriter;
import dev.ingot.run.write.CheckedBatch;
import dev.ingot.run.write.DirectWrite;
import dev.ingot.run.write.LateEventTable;
import dev.ingot.run.write.StagedWrite;
import dev.ingot.run.write.StagingArea;
import dev.ingot.run.write.TargetTable;
import dev.ingot.run.write.UnfinishedBatch;
import dev.ingot.state.BatchRecord;
import dev.ingot.state.CommitLookup;
import dev.ingot.state.CommitMetadata;
import dev.ingot.state.CommittedBatch;
import dev.ingot.state.RefreshMode;
import dev.ingot.state.StateStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/**
 * Runs one pipeline: recovers what earlier runs left open, plans the next batch, records it, writes and settles it. After
 * a crash at any point, running it again leads to the same table.
 */
final class PipelineRun {

    private final LakeContext context;
    private final SparkSession spark;
    private final PinnedVersions pins;
    private final PlannedTables tables;
    private final LogicalPlan all;
    private final PipelinePlan plan;
    private final RefreshMode refreshMode;
    private final StateStore store;
    private final AuxiliaryTable quarantine;
    private final LateEventTable lateEvents;
    private final Recovery recovery;
    private final SourceInputs sources;
    private final BatchPlanner batches;
    private final List<String> warnings = new ArrayList<>();

    PipelineRun(
            LakeContext context,
            PinnedVersions pins,
            PlannedTables tables,
            LogicalPlan all,
            PipelinePlan plan,
            Function<RunValues, LogicalPlan> replan,
            RefreshMode refreshMode) {
        this.context = context;
        this.spark = context.spark();
        this.pins = pins;
        this.tables = tables;
        this.all = all;
        this.plan = plan;
        this.refreshMode = refreshMode;
        this.store = context.store(plan.id());
        SourceSpan place = plan.span();
        Duration retention = plan.target().settings().retention();
        this.quarantine = AuxiliaryTable.quarantine(context, plan.id(), place, retention);
        AuxiliaryTable events = AuxiliaryTable.lateEvents(context, plan.id(), place, retention);
        this.lateEvents = new LateEventTable(
                events,
                plan.definition().keyed().map(KeyedOptions::allowedLateness).orElse(Duration.ZERO));
        this.recovery = new Recovery(context, plan, store, List.of(quarantine, events), warnings::add);
        this.sources = new SourceInputs(context, pins, tables, all, plan, warnings::add);
        this.batches = new BatchPlanner(sources, replan);
    }

    List<String> warnings() {
        return warnings.stream().distinct().toList();
    }

    /** Brings the table up to date: the steps 5 to 11 of "The life of a batch" in {@code docs/architecture.md}. */
    Outcome execute() {
        // Recover: cursors follow a RESTORE; what a dead run left open is settled, abandoned or replayed.
        boolean refresh = refreshMode == RefreshMode.FULL;
        Recovery.RecoveredState state = recovery.recover(refreshMode);
        Optional<UnfinishedBatch> replay = recovery.unfinished(state, batch -> !refresh && batches.isReplayable(batch));
        // Replay the open batch on its recorded input, or plan, record and write a batch of what is new.
        Optional<Outcome.Written> first =
                replay.isPresent() ? replay.map(batch -> write(batch, state)) : next(afterRecovery(state), refreshMode);
        // Without new input the table keeps its version; only its definition is applied.
        if (first.isEmpty()) {
            return nothingNew(state);
        }
        // Continue with what is new after a replay, and with the snapshots that wait, one batch each.
        return replay.isPresent() || plan.snapshotPerBatch() ? rest(first.get()) : first.get();
    }

    /**
     * Reproduces the batches of an earlier run from the same input.
     *
     * @param tablesOfRun the tables that this run writes; of these it reads the versions that it wrote
     */
    Outcome reproduce(Reproduction earlier, Set<TableId> tablesOfRun) {
        Recovery.RecoveredState state = recovery.recover(refreshMode);
        List<Outcome.Written> written = new ArrayList<>();
        recovery.unfinished(state, batches::isReplayable).ifPresent(batch -> written.add(write(batch, state)));
        List<BatchRecord> all = earlier.batches().getOrDefault(plan.id(), List.of());
        ReproducedBatches reproduced = new ReproducedBatches(sources, batches);
        Recovery.RecoveredState now = afterRecovery(state);
        int done = Math.min(now.log().ofRun(run()).size(), all.size());
        for (BatchRecord batch : all.subList(done, all.size())) {
            Recovery.RecoveredState before = now;
            reproduced
                    .reproduce(batch, before.log(), tablesOfRun)
                    .ifPresent(record -> written.add(begin(record, before)));
            now = now();
        }
        return written.isEmpty()
                ? nothingNew(now)
                : written.stream().reduce(this::merge).orElseThrow();
    }

    private String run() {
        return all.project().values().run().id();
    }

    private Outcome.Written rest(Outcome.Written written) {
        Outcome.Written all = written;
        Optional<Outcome.Written> next = next(now(), RefreshMode.INCREMENTAL);
        while (next.isPresent()) {
            all = merge(all, next.get());
            next = plan.snapshotPerBatch() ? next(now(), RefreshMode.INCREMENTAL) : Optional.empty();
        }
        return all;
    }

    private Outcome.Written merge(Outcome.Written first, Outcome.Written later) {
        return first.and(
                later, (source, read, more) -> InputSummary.merge(plan.reads().get(source), read, more));
    }

    /** Returns the records and the table, read again where recovery closed a batch. */
    private Recovery.RecoveredState afterRecovery(Recovery.RecoveredState before) {
        if (before.log().open().isEmpty()) {
            return before;
        }
        return now();
    }

    private Recovery.RecoveredState now() {
        Optional<TableSnapshot> snapshot = context.find(plan.id());
        String id = snapshot.map(TableSnapshot::id).orElse("");
        return new Recovery.RecoveredState(store.load().ofTable(id), snapshot);
    }

    private Optional<Outcome.Written> next(Recovery.RecoveredState state, RefreshMode mode) {
        return batches.next(state.log(), mode).map(batch -> begin(batch, state));
    }

    private Outcome.Written begin(BatchRecord batch, Recovery.RecoveredState state) {
        store.open(batch);
        return write(new UnfinishedBatch(batch, Optional.empty()), state);
    }

    private Outcome nothingNew(Recovery.RecoveredState state) {
        boolean unchanged = state.log()
                .last()
                .filter(last -> last.batch().fingerprint().equals(plan.fingerprint()))
                .isPresent();
        if (state.snapshot().isEmpty()) {
            tables.find(plan.id()).ifPresent(schema -> TableCreation.create(alterer(), plan, schema));
        } else if (!unchanged && !awaitsColumns()) {
            alterer().apply(new TableDefinition(plan));
        }
        Optional<TableSnapshot> now =
                state.snapshot().isPresent() && unchanged ? state.snapshot() : context.find(plan.id());
        now.ifPresent(table -> pins.pin(plan.id(), table));
        pinQuarantine();
        return new Outcome.NothingNew(now.map(TableSnapshot::version).orElse(-1L));
    }

    /** Returns whether the next batch adds columns, which the definition of the table may refer to. */
    private boolean awaitsColumns() {
        StructType current = DeltaTables.current(spark, location()).schema();
        return tables.find(plan.id())
                .filter(planned -> Arrays.stream(planned.fieldNames())
                        .anyMatch(name -> SchemaProjection.find(current, name).isEmpty()))
                .isPresent();
    }

    private TableAlterer alterer() {
        return new TableAlterer(context, run());
    }

    private Outcome.Written write(UnfinishedBatch batch, Recovery.RecoveredState state) {
        try {
            return settle(batch, state, state.snapshot());
        } catch (Exception failure) {
            try {
                return afterFailure(batch.batch(), state, failure);
            } catch (RuntimeException second) {
                if (second != failure && second.getCause() != failure) {
                    failure.addSuppressed(second);
                }
                throw Failures.unchecked(failure);
            }
        }
    }

    /**
     * Decides what follows a failure. A commit whose answer was lost may have landed: then the batch is settled. A batch
     * that was refused is abandoned; a file that cannot be read is taken out, so that it does not block the others. Any
     * other failure leaves the batch open for a replay.
     */
    private Outcome.Written afterFailure(BatchRecord batch, Recovery.RecoveredState state, Exception failure) {
        Optional<TableSnapshot> now = context.find(plan.id());
        Optional<TableVersion> landed = new CommitLookup(spark)
                .find(location(), batch)
                .filter(version -> CommitMetadata.madeBy(batch.run(), version));
        Optional<IngotException> refused = Failures.chain(failure).stream()
                .filter(IngotException.class::isInstance)
                .map(IngotException.class::cast)
                .findFirst();
        if (landed.isPresent() && refused.isEmpty()) {
            return settle(new UnfinishedBatch(batch, landed), state, now);
        }
        if (landed.isPresent()) {
            throw Failures.unchecked(failure);
        }
        boolean byData = refused.filter(why -> why.owner() != Owner.USER).isPresent();
        Optional<BatchRecord> readable = byData
                ? Optional.empty()
                : batches.withoutUnreadable(batch, store.load().next());
        if (refused.isPresent() || readable.isPresent()) {
            recovery.completion().abandon(batch);
        }
        BatchRecord rest = readable.orElseThrow(() -> Failures.unchecked(failure));
        store.open(rest);
        return write(new UnfinishedBatch(rest, Optional.empty()), new Recovery.RecoveredState(state.log(), now));
    }

    /** Writes a batch and settles it; {@code now} is the current table, empty when the batch creates it. */
    private Outcome.Written settle(
            UnfinishedBatch unfinished, Recovery.RecoveredState state, Optional<TableSnapshot> now) {
        // Compile the input that the record fixed, with the values of the run that began the batch.
        BatchRecord batch = unfinished.batch();
        CompiledPlan compiled = batches.compile(batch);
        TargetTable table = new TargetTable(
                context,
                compiled,
                unfinished,
                now.map(TableSnapshot::id),
                state.log().newestRestore());
        // Refuse a change of columns that the target's policy does not allow.
        Diagnostics diagnostics = new Diagnostics();
        SchemaCheck.check(all, plan, table.change(), diagnostics);
        diagnostics.throwIfErrors();
        // Check the rows, decide the quality gate, write quarantine and table with the batch's transaction pair.
        BatchWriter.Written written = writer(compiled, batch, table).write();
        // Settle: from here on the batch counts as read.
        long version = written.version().number();
        store.settle(new CommittedBatch(batch, table.id(), version));
        // Later pipelines of this run read exactly this version.
        pins.pin(plan.id(), new PinnedTable(location(), table.id(), version));
        pinQuarantine();
        return new Outcome.Written(
                batch.number(),
                state.snapshot().map(TableSnapshot::version).orElse(-1L),
                version,
                written.counts(),
                InputSummary.of(batch.inputs()),
                written.violations());
    }

    private BatchWriter writer(CompiledPlan compiled, BatchRecord batch, TargetTable table) {
        CheckedBatch checked = CheckedBatch.of(context, compiled, batch, table, quarantine, warnings::add);
        if (plan.route() != Route.STAGED) {
            return new DirectWrite(checked);
        }
        return new StagedWrite(checked, lateEvents, new StagingArea(context, plan.id(), batch));
    }

    /** Pins the quarantine, only where a pipeline reads it. */
    private void pinQuarantine() {
        TableId id = plan.id().quarantine();
        if (all.pipelines().stream().anyMatch(pipeline -> pipeline.tables().contains(id))) {
            context.find(id).ifPresent(table -> pins.pin(id, table));
        }
    }

    private String location() {
        return context.lake().table(plan.id());
    }
}
