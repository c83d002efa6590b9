package dev.ingot.run;

import dev.ingot.compile.CompiledPlan;
import dev.ingot.compile.PlannedTables;
import dev.ingot.compile.SparkCompiler;
import dev.ingot.component.Cursor;
import dev.ingot.component.Input;
import dev.ingot.component.PinnedTable;
import dev.ingot.component.ReadMode;
import dev.ingot.component.Source;
import dev.ingot.component.SourceContext;
import dev.ingot.config.Project;
import dev.ingot.config.RunValues;
import dev.ingot.delta.DeltaTables;
import dev.ingot.delta.TableHead;
import dev.ingot.delta.Version;
import dev.ingot.diagnostics.Code;
import dev.ingot.diagnostics.Diagnostic;
import dev.ingot.diagnostics.IngotException;
import dev.ingot.model.Bound;
import dev.ingot.plan.LogicalPlan;
import dev.ingot.plan.PipelinePlan;
import dev.ingot.spec.SourceWords;
import dev.ingot.state.BatchLog;
import dev.ingot.state.BatchRecord;
import dev.ingot.state.CommitNote;
import dev.ingot.state.Lake;
import dev.ingot.state.LakeFiles;
import dev.ingot.state.SettledBatch;
import dev.ingot.state.StateStore;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;

/**
 * Brings one table up to date: finds what earlier batches left unfinished, decides what is new, writes it down, writes
 * it, and settles. Whatever dies in between, doing the same again leads to the same table.
 */
final class PipelineRun {

    /** How far back a commit of the batch in hand can lie, in versions. */
    private static final int RECENT = 20;

    private final SparkSession spark;
    private final Configuration hadoop;
    private final Lake lake;
    private final Pins pins;
    private final PlannedTables tables;
    private final PipelinePlan plan;
    private final Project project;
    private final Function<RunValues, LogicalPlan> replan;
    private final RunRequest.Scope scope;
    private final StateStore store;
    private final List<String> warnings = new ArrayList<>();

    PipelineRun(
            SparkSession spark,
            Configuration hadoop,
            Pins pins,
            PlannedTables tables,
            LogicalPlan all,
            PipelinePlan plan,
            Function<RunValues, LogicalPlan> replan,
            RunRequest.Scope scope) {
        this.spark = spark;
        this.hadoop = hadoop;
        this.project = all.project();
        this.lake = new Lake(project.lake());
        this.pins = pins;
        this.tables = tables;
        this.plan = plan;
        this.replan = replan;
        this.scope = scope;
        this.store = new StateStore(new LakeFiles(hadoop), lake, plan.id());
    }

    List<String> warnings() {
        return warnings.stream().distinct().toList();
    }

    Outcome execute() {
        BatchLog log = store.load();
        Optional<TableHead> head = head(log);
        checkIdentity(head, log);
        List<Version> recent = head.map(table -> recent(table, log)).orElse(List.of());
        log.takenBack(recent).forEach(this::takeBack);
        Optional<BatchRecord> begun = scope == RunRequest.Scope.NEW ? unfinished(log, recent) : Optional.empty();
        BatchLog current = recent.isEmpty() ? log : store.load();
        long restored = current.restored(recent);
        Optional<BatchRecord> batch = begun.isPresent() ? begun : next(current);
        if (batch.isEmpty()) {
            return nothingNew(head);
        }
        return write(batch.get(), head, restored);
    }

    private String location() {
        return lake.table(plan.id());
    }

    /** The table as it stands. When its newest commit is the batch settled last, the record says the rest of it. */
    private Optional<TableHead> head(BatchLog log) {
        if (log.last().isPresent() && DeltaTables.exists(spark, location())) {
            SettledBatch last = log.last().get();
            Version newest = DeltaTables.history(spark, location(), 1).get(0);
            if (newest.number() == last.version() && CommitNote.isOf(last.batch(), newest)) {
                return Optional.of(new TableHead(location(), last.tableId(), newest.number(), Map.of()));
            }
        }
        return DeltaTables.find(spark, location());
    }

    /** The versions since the batch settled last; none when that is the newest. */
    private List<Version> recent(TableHead head, BatchLog log) {
        long known = log.last().map(SettledBatch::version).orElse(0L);
        if (log.last().isPresent() && known == head.version()) {
            return List.of();
        }
        return DeltaTables.history(spark, location(), (int) Math.max(1, head.version() - known + 1));
    }

    /** A table that is not the one written last holds rows that the records do not speak of. */
    private void checkIdentity(Optional<TableHead> head, BatchLog log) {
        if (scope == RunRequest.Scope.FULL_REFRESH || log.last().isEmpty()) {
            return;
        }
        SettledBatch last = log.last().get();
        String problem = head.isEmpty()
                ? "it is gone"
                : !head.get().id().equals(last.tableId())
                        ? "it was re-created since"
                        : head.get().version() < last.version() ? "its newest versions are gone" : "";
        if (!problem.isEmpty()) {
            throw new IngotException(Diagnostic.error(
                    Code.ENV_TABLE_REPLACED,
                    plan.pipeline().span(),
                    "Cannot add to " + plan.id() + " at " + location() + ": " + problem + ", so what was read and what"
                            + " the table holds no longer agree",
                    "Put the table back, or build it anew with: ingot run " + plan.id() + " --full-refresh"));
        }
    }

    private void takeBack(SettledBatch batch) {
        store.retract(batch);
        warnings.add("Batch " + batch.batch().number() + " of " + plan.id() + " (version " + batch.version()
                + ") was taken back by a RESTORE of the table; what it had read counts as new again.");
    }

    /** The batch that an earlier run began and did not bring to an end; it is repeated exactly as it was. */
    private Optional<BatchRecord> unfinished(BatchLog log, List<Version> recent) {
        Optional<BatchRecord> repeat = Optional.empty();
        for (BatchRecord open : log.open()) {
            Optional<Version> landed = CommitNote.find(open, recent);
            boolean byAnother = landed.isPresent() && !CommitNote.madeBy(open.run(), landed.get());
            if (byAnother || repeat.isPresent() || !available(open)) {
                settleOrAbandon(open, landed.filter(version -> !byAnother));
            } else {
                repeat = Optional.of(open);
            }
        }
        return repeat;
    }

    private void settleOrAbandon(BatchRecord open, Optional<Version> landed) {
        if (landed.isPresent()) {
            TableHead head = DeltaTables.find(spark, location()).orElseThrow();
            store.settle(new SettledBatch(open, head.id(), landed.get().number(), 0));
        } else {
            store.abandon(open);
        }
    }

    private boolean available(BatchRecord batch) {
        return plan.pipeline().sources().entrySet().stream().allMatch(source -> {
            Input input = batch.inputs().get(source.getKey());
            Bound<SourceWords> bound = source.getValue();
            return input != null && component(bound).available(bound.options(), input, context());
        });
    }

    /** What there is to do now, written down; empty when there is nothing. */
    private Optional<BatchRecord> next(BatchLog log) {
        boolean refresh = scope == RunRequest.Scope.FULL_REFRESH;
        RunValues run = project.values().run();
        Optional<SettledBatch> last = refresh ? Optional.empty() : log.last();
        Map<String, Input> inputs = new LinkedHashMap<>();
        boolean changed = last.isEmpty()
                || (plan.inputMode() == ReadMode.ALL
                        && !last.get()
                                .batch()
                                .fingerprint()
                                .equals(plan.pipeline().fingerprint()));
        for (Map.Entry<String, Bound<SourceWords>> source :
                plan.pipeline().sources().entrySet()) {
            String alias = source.getKey();
            ReadMode mode = plan.reads().get(alias);
            Cursor cursor = refresh ? Cursor.start() : log.cursor(alias);
            Bound<SourceWords> bound = source.getValue();
            Optional<Input> pending = component(bound).pending(bound.options(), mode, cursor, context());
            if (mode == ReadMode.NEW && pending.isEmpty()) {
                return Optional.empty();
            }
            changed |= pending.isPresent();
            inputs.put(
                    alias,
                    pending.orElseGet(() -> cursor.inputs().get(cursor.inputs().size() - 1)));
        }
        if (!changed) {
            return Optional.empty();
        }
        BatchRecord batch = new BatchRecord(
                log.next(),
                plan.id().toString(),
                run.id(),
                run.date().toString(),
                run.startedAt().toString(),
                plan.pipeline().fingerprint(),
                refresh ? BatchRecord.Scope.REFRESH : BatchRecord.Scope.BATCH,
                inputs);
        store.open(batch);
        return Optional.of(batch);
    }

    private Outcome nothingNew(Optional<TableHead> head) {
        if (head.isEmpty()) {
            tables.find(plan.id()).ifPresent(schema -> NewTables.create(spark, lake, plan, schema));
        }
        Optional<TableHead> now = head.isPresent() ? head : DeltaTables.find(spark, location());
        now.ifPresent(table -> pins.pin(plan.id(), table));
        return new Outcome.NothingNew(now.map(TableHead::version).orElse(-1L));
    }

    private Outcome write(BatchRecord batch, Optional<TableHead> head, long restored) {
        try {
            return settle(batch, writer(batch, head), head, restored);
        } catch (Exception failure) {
            return afterFailure(batch, head, restored, failure);
        }
    }

    private BatchWriter writer(BatchRecord batch, Optional<TableHead> head) {
        return new BatchWriter(spark, lake, compile(batch), batch, head.map(TableHead::id));
    }

    /** A commit may have landed although its answer was lost; and one unreadable file must not hold up the others. */
    private Outcome afterFailure(BatchRecord batch, Optional<TableHead> head, long restored, Exception failure) {
        Optional<TableHead> now = DeltaTables.find(spark, location());
        if (landed(location(), batch).isPresent()) {
            return settle(batch, writer(batch, now), head, restored);
        }
        if (landed(lake.table(plan.id().quarantine()), batch).isPresent()) {
            throw Failures.unchecked(failure);
        }
        store.abandon(batch);
        boolean decided = Failures.chain(failure).stream().anyMatch(IngotException.class::isInstance);
        if (decided) {
            throw Failures.unchecked(failure);
        }
        Optional<BatchRecord> readable = withoutUnreadable(batch);
        if (readable.isEmpty()) {
            throw Failures.unchecked(failure);
        }
        store.open(readable.get());
        return write(readable.get(), now, restored);
    }

    private Optional<BatchRecord> withoutUnreadable(BatchRecord batch) {
        Map<String, Input> inputs = new LinkedHashMap<>();
        plan.pipeline().sources().forEach((alias, source) -> {
            Input input = batch.inputs().get(alias);
            inputs.put(alias, component(source).withoutUnreadable(source.options(), input, context()));
        });
        return inputs.equals(batch.inputs())
                ? Optional.empty()
                : Optional.of(new BatchRecord(
                        store.load().next(),
                        batch.pipeline(),
                        batch.run(),
                        batch.date(),
                        batch.startedAt(),
                        batch.fingerprint(),
                        batch.scope(),
                        inputs));
    }

    private Optional<Version> landed(String table, BatchRecord batch) {
        return DeltaTables.exists(spark, table)
                ? CommitNote.find(batch, DeltaTables.history(spark, table, RECENT))
                : Optional.empty();
    }

    private Outcome settle(BatchRecord batch, BatchWriter writer, Optional<TableHead> before, long restored) {
        BatchWriter.Written written = writer.write(restored);
        Optional<Version> made = landed(location(), batch);
        long version = made.map(Version::number)
                .orElseGet(
                        () -> DeltaTables.find(spark, location()).orElseThrow().version());
        if (made.isPresent() && !CommitNote.madeBy(batch.run(), made.get())) {
            store.abandon(batch);
            throw new IngotException(Diagnostic.error(
                    Code.ENV_CONFLICT,
                    plan.pipeline().span(),
                    "Cannot count batch " + batch.number() + " of " + plan.id() + ": another run committed it first",
                    "Run again; what that run did not read is still new."));
        }
        store.settle(new SettledBatch(batch, writer.tableId(), version, restored));
        Counts counts = made.map(commit -> writer.counts(written, commit)).orElse(Counts.NONE);
        new LakeFiles(hadoop).delete(lake.stage(plan.id()));
        pins.pin(plan.id(), new PinnedTable(location(), writer.tableId(), version));
        return new Outcome.Written(
                batch.number(),
                before.map(TableHead::version).orElse(-1L),
                version,
                counts,
                InputWords.of(batch.inputs()),
                written.violations());
    }

    private CompiledPlan compile(BatchRecord batch) {
        RunValues run = batch.runValues();
        boolean same = run.equals(project.values().run());
        LogicalPlan all = same ? null : replan.apply(run);
        PipelinePlan pipeline = same ? plan : all.byTable().get(plan.id());
        Project values = same ? project : all.project();
        return new SparkCompiler(spark, hadoop, values, tables, warnings::add)
                .compile(pipeline, new BatchInputs(spark, pins, batch.inputs()));
    }

    private SourceContext context() {
        return new SparkCompiler(spark, hadoop, project, tables, warnings::add)
                .context(plan, new BatchInputs(spark, pins, Map.of()));
    }

    @SuppressWarnings("unchecked")
    private static Source<Record> component(Bound<SourceWords> source) {
        return source.component().instantiate(Source.class);
    }
}
