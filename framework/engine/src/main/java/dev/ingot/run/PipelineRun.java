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
import dev.ingot.run.write.DeletedKeys;
import dev.ingot.run.write.DirectWrite;
import dev.ingot.run.write.LateEventTable;
import dev.ingot.run.write.StagedWrite;
import dev.ingot.run.write.StagingArea;
import dev.ingot.run.write.TargetTable;
import dev.ingot.state.BatchRecord;
import dev.ingot.state.CommitLookup;
import dev.ingot.state.CommitMetadata;
import dev.ingot.state.CommittedBatch;
import dev.ingot.state.Lake;
import dev.ingot.state.LakeFiles;
import dev.ingot.state.RefreshMode;
import dev.ingot.state.StateStore;
import dev.ingot.state.UnfinishedBatch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/**
 * Brings one table up to date: ends what earlier runs left unfinished, decides what is new, writes it down, writes it,
 * and settles. Whatever dies in between, doing the same again leads to the same table.
 */
final class PipelineRun {

    private final SparkSession spark;
    private final LakeFiles files;
    private final Lake lake;
    private final PinnedVersions pins;
    private final PlannedTables tables;
    private final LogicalPlan all;
    private final PipelinePlan plan;
    private final RefreshMode refreshMode;
    private final StateStore store;
    private final AuxiliaryTable quarantine;
    private final LateEventTable memory;
    private final Recovery recovery;
    private final SourceInputs sources;
    private final BatchPlanner batches;
    private final List<String> warnings = new ArrayList<>();

    PipelineRun(
            SparkSession spark,
            Configuration hadoop,
            PinnedVersions pins,
            PlannedTables tables,
            LogicalPlan all,
            PipelinePlan plan,
            Function<RunValues, LogicalPlan> replan,
            RefreshMode refreshMode) {
        this.spark = spark;
        this.files = new LakeFiles(hadoop);
        this.lake = new Lake(all.project().lake());
        this.pins = pins;
        this.tables = tables;
        this.all = all;
        this.plan = plan;
        this.refreshMode = refreshMode;
        this.store = new StateStore(files, lake, plan.id());
        SourceSpan place = plan.span();
        Duration retention = plan.target().settings().retention();
        this.quarantine = AuxiliaryTable.quarantine(spark, lake, plan.id(), place, retention);
        AuxiliaryTable events = AuxiliaryTable.memory(spark, lake, plan.id(), place, retention);
        this.memory = new LateEventTable(
                events,
                plan.definition().keyed().map(KeyedOptions::allowedLateness).orElse(Duration.ZERO));
        this.recovery =
                new Recovery(spark, plan, lake.table(plan.id()), store, List.of(quarantine, events), warnings::add);
        this.sources = new SourceInputs(spark, hadoop, pins, tables, all, plan, warnings::add);
        this.batches = new BatchPlanner(sources, replan);
    }

    List<String> warnings() {
        return warnings.stream().distinct().toList();
    }

    Outcome execute() {
        boolean refresh = refreshMode == RefreshMode.FULL;
        Recovery.Standing standing = recovery.standing(refreshMode);
        Optional<UnfinishedBatch> unfinished =
                recovery.unfinished(standing, batch -> !refresh && batches.isRepeatable(batch));
        Optional<Outcome.Written> first = unfinished.isPresent()
                ? unfinished.map(batch -> write(batch, standing))
                : next(now(standing), refresh ? RefreshMode.FULL : RefreshMode.INCREMENTAL);
        if (first.isEmpty()) {
            return nothingNew(standing);
        }
        return unfinished.isPresent() || plan.oneAtATime() ? rest(first.get()) : first.get();
    }

    /**
     * Writes once more what an earlier run wrote, from the same input: what it read from outside the run, and what this
     * run makes of the rest.
     *
     * @param made the tables that this run makes
     */
    Outcome again(Reproduction then, Set<TableId> made) {
        Recovery.Standing standing = recovery.standing(refreshMode);
        List<Outcome.Written> written = new ArrayList<>();
        recovery.unfinished(standing, batches::isRepeatable).ifPresent(batch -> written.add(write(batch, standing)));
        List<BatchRecord> all = then.batches().getOrDefault(plan.id(), List.of());
        ReproducedBatches reproduced = new ReproducedBatches(sources, batches);
        Recovery.Standing now = now(standing);
        int done = Math.min(now.log().by(run()).size(), all.size());
        for (BatchRecord batch : all.subList(done, all.size())) {
            Recovery.Standing before = now;
            reproduced.again(batch, before.log(), made).ifPresent(record -> written.add(begin(record, before)));
            now = now();
        }
        return written.isEmpty()
                ? nothingNew(now)
                : written.stream().reduce(Outcome.Written::and).orElseThrow();
    }

    private String run() {
        return all.project().values().run().id();
    }

    /** After an earlier run's batch what is new, and one after the other the snapshots that wait. */
    private Outcome.Written rest(Outcome.Written written) {
        Outcome.Written all = written;
        Optional<Outcome.Written> next = next(now(), RefreshMode.INCREMENTAL);
        while (next.isPresent()) {
            all = all.and(next.get());
            next = plan.oneAtATime() ? next(now(), RefreshMode.INCREMENTAL) : Optional.empty();
        }
        return all;
    }

    /** The same after what was unfinished came to its end. */
    private Recovery.Standing now(Recovery.Standing before) {
        if (before.log().open().isEmpty()) {
            return before;
        }
        return now();
    }

    private Recovery.Standing now() {
        Optional<TableSnapshot> head = DeltaTables.find(spark, location());
        String id = head.map(TableSnapshot::id).orElse("");
        return new Recovery.Standing(store.load().ofTable(id), head);
    }

    private Optional<Outcome.Written> next(Recovery.Standing standing, RefreshMode extent) {
        return batches.next(standing.log(), extent).map(batch -> begin(batch, standing));
    }

    private Outcome.Written begin(BatchRecord batch, Recovery.Standing standing) {
        store.open(batch);
        return write(new UnfinishedBatch(batch, Optional.empty()), standing);
    }

    private Outcome nothingNew(Recovery.Standing standing) {
        boolean asBefore = standing.log()
                .last()
                .filter(last -> last.batch().fingerprint().equals(plan.fingerprint()))
                .isPresent();
        if (standing.head().isEmpty()) {
            tables.find(plan.id()).ifPresent(schema -> TableCreation.create(definitions(), plan, schema));
        } else if (!asBefore && !awaitsColumns()) {
            definitions().bring(new TableDefinition(plan));
        }
        Optional<TableSnapshot> now =
                standing.head().isPresent() && asBefore ? standing.head() : DeltaTables.find(spark, location());
        now.ifPresent(table -> pins.pin(plan.id(), table));
        pinQuarantine();
        return new Outcome.NothingNew(now.map(TableSnapshot::version).orElse(-1L));
    }

    /** Whether the table gets columns with the next rows, of which what is said of it may speak. */
    private boolean awaitsColumns() {
        StructType there = DeltaTables.current(spark, location()).schema();
        return tables.find(plan.id())
                .filter(planned -> Arrays.stream(planned.fieldNames())
                        .anyMatch(name -> SchemaProjection.find(there, name).isEmpty()))
                .isPresent();
    }

    private TableAlterer definitions() {
        return new TableAlterer(spark, lake, run());
    }

    private Outcome.Written write(UnfinishedBatch batch, Recovery.Standing standing) {
        try {
            return settle(batch, standing, standing.head());
        } catch (Exception failure) {
            try {
                return afterFailure(batch.batch(), standing, failure);
            } catch (RuntimeException second) {
                if (second != failure && second.getCause() != failure) {
                    failure.addSuppressed(second);
                }
                throw Failures.unchecked(failure);
            }
        }
    }

    /**
     * A commit may have landed although its answer was lost; and one unreadable file must not hold up the others. A
     * batch that was refused is given up; any other failure leaves it open, to be repeated as it is.
     */
    private Outcome.Written afterFailure(BatchRecord batch, Recovery.Standing standing, Exception failure) {
        Optional<TableSnapshot> now = DeltaTables.find(spark, location());
        Optional<TableVersion> landed = new CommitLookup(spark)
                .find(location(), batch)
                .filter(made -> CommitMetadata.madeBy(batch.run(), made));
        Optional<IngotException> refused = Failures.chain(failure).stream()
                .filter(IngotException.class::isInstance)
                .map(IngotException.class::cast)
                .findFirst();
        if (landed.isPresent() && refused.isEmpty()) {
            return settle(new UnfinishedBatch(batch, landed), standing, now);
        }
        if (landed.isPresent()) {
            throw Failures.unchecked(failure);
        }
        boolean byData = refused.filter(why -> why.owner() != Owner.USER).isPresent();
        Optional<BatchRecord> readable = byData
                ? Optional.empty()
                : batches.withoutUnreadable(batch, store.load().next());
        if (refused.isPresent() || readable.isPresent()) {
            recovery.end().giveUp(batch);
        }
        BatchRecord rest = readable.orElseThrow(() -> Failures.unchecked(failure));
        store.open(rest);
        return write(new UnfinishedBatch(rest, Optional.empty()), new Recovery.Standing(standing.log(), now));
    }

    private Outcome.Written settle(
            UnfinishedBatch unfinished, Recovery.Standing standing, Optional<TableSnapshot> now) {
        BatchRecord batch = unfinished.batch();
        CompiledPlan compiled = batches.compile(batch);
        TargetTable table = new TargetTable(
                spark,
                lake,
                compiled,
                unfinished,
                now.map(TableSnapshot::id),
                standing.log().restored());
        Diagnostics diagnostics = new Diagnostics();
        SchemaCheck.check(all, plan, table.change(), diagnostics);
        diagnostics.throwIfErrors();
        BatchWriter.Written written = writer(compiled, batch, table).write();
        long version = written.version().number();
        store.settle(new CommittedBatch(batch, table.id(), version));
        pins.pin(plan.id(), new PinnedTable(location(), table.id(), version));
        pinQuarantine();
        return new Outcome.Written(
                batch.number(),
                standing.head().map(TableSnapshot::version).orElse(-1L),
                version,
                written.counts(),
                InputSummary.of(batch.inputs()),
                written.violations());
    }

    private BatchWriter writer(CompiledPlan compiled, BatchRecord batch, TargetTable table) {
        if (plan.route() != Route.STAGED) {
            return new DirectWrite(spark, compiled, batch, table, quarantine, warnings::add);
        }
        return new StagedWrite(
                spark,
                compiled,
                batch,
                table,
                quarantine,
                memory,
                new StagingArea(spark, files, lake.stage(plan.id()), batch),
                new DeletedKeys(compiled, warnings::add),
                warnings::add);
    }

    /** Only where a pipeline reads it. */
    private void pinQuarantine() {
        TableId held = plan.id().quarantine();
        if (all.pipelines().stream().anyMatch(pipeline -> pipeline.tables().contains(held))) {
            DeltaTables.find(spark, lake.table(held)).ifPresent(table -> pins.pin(held, table));
        }
    }

    private String location() {
        return lake.table(plan.id());
    }
}
