package dev.ingot.run;

import dev.ingot.compile.CompiledPlan;
import dev.ingot.compile.Inputs;
import dev.ingot.compile.PlannedTables;
import dev.ingot.compile.SparkCompiler;
import dev.ingot.component.Cursor;
import dev.ingot.component.Input;
import dev.ingot.component.PinnedTable;
import dev.ingot.component.ReadMode;
import dev.ingot.component.Source;
import dev.ingot.component.SourceContext;
import dev.ingot.component.Trait;
import dev.ingot.config.RunValues;
import dev.ingot.delta.DeltaTables;
import dev.ingot.diagnostics.Code;
import dev.ingot.diagnostics.Diagnostic;
import dev.ingot.diagnostics.IngotException;
import dev.ingot.diagnostics.SourceSpan;
import dev.ingot.model.Bound;
import dev.ingot.names.TableId;
import dev.ingot.options.OptionValues;
import dev.ingot.options.TableName;
import dev.ingot.plan.LogicalPlan;
import dev.ingot.plan.PipelinePlan;
import dev.ingot.spec.SourceWords;
import dev.ingot.state.BatchLog;
import dev.ingot.state.BatchRecord;
import dev.ingot.state.Lake;
import dev.ingot.state.LakeFiles;
import dev.ingot.state.SettledBatch;
import dev.ingot.state.StateStore;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;

/** Decides what the batches of a pipeline read, and turns what was decided into rows, in every attempt the same. */
final class Batches {

    private final SparkSession spark;
    private final Configuration hadoop;
    private final Pins pins;
    private final PlannedTables tables;
    private final LogicalPlan all;
    private final PipelinePlan plan;
    private final Function<RunValues, LogicalPlan> replan;
    private final Consumer<String> warnings;

    Batches(
            SparkSession spark,
            Configuration hadoop,
            Pins pins,
            PlannedTables tables,
            LogicalPlan all,
            PipelinePlan plan,
            Function<RunValues, LogicalPlan> replan,
            Consumer<String> warnings) {
        this.spark = spark;
        this.hadoop = hadoop;
        this.pins = pins;
        this.tables = tables;
        this.all = all;
        this.plan = plan;
        this.replan = replan;
        this.warnings = warnings;
    }

    /** What there is to do now, not yet written down; empty when there is nothing. */
    Optional<BatchRecord> next(BatchLog log, BatchRecord.Scope scope) {
        boolean refresh = scope == BatchRecord.Scope.REFRESH;
        Optional<SettledBatch> last = refresh ? Optional.empty() : log.last();
        boolean changed = last.isEmpty() || (plan.inputMode() == ReadMode.ALL && !isOfThisPlan(last.get()));
        Map<String, Input> inputs = new LinkedHashMap<>();
        for (Map.Entry<String, Bound<SourceWords>> source :
                plan.pipeline().sources().entrySet()) {
            String alias = source.getKey();
            ReadMode mode = plan.reads().get(alias);
            Bound<SourceWords> bound = source.getValue();
            Cursor cursor = refresh ? Cursor.start() : cursor(alias, bound, mode, log);
            Optional<Input> pending = pending(bound, mode, cursor);
            if (pending.isEmpty() && mode == ReadMode.NEW) {
                return Optional.empty();
            }
            changed |= pending.isPresent();
            Input input = pending.orElseGet(() -> whole(bound, mode, cursor));
            if (refresh) {
                warnOfVanished(log.cursor(alias), input);
            }
            inputs.put(alias, input);
        }
        return changed ? Optional.of(record(log.next(), scope, inputs)) : Optional.empty();
    }

    /** What has the same rows as were read last may lie in other files now. */
    private Input whole(Bound<SourceWords> source, ReadMode mode, Cursor read) {
        return pending(source, mode, Cursor.start())
                .orElseGet(() -> read.inputs().get(read.inputs().size() - 1));
    }

    private Optional<Input> pending(Bound<SourceWords> source, ReadMode mode, Cursor cursor) {
        return fixed(source)
                .map(input -> Optional.of(input).filter(now -> !isLast(now, cursor)))
                .orElseGet(() -> component(source).pending(source.options(), mode, cursor, context()));
    }

    /**
     * A batch of an earlier run once more, not yet written down; empty when this run made nothing for it to read.
     *
     * @param made the tables that this run makes: of these it reads what is there now
     * @throws IngotException when rows would be counted twice, or an input is not there any more
     */
    Optional<BatchRecord> again(BatchRecord then, BatchLog log, Set<TableId> made) {
        refuseTwice(then, log);
        refuseGone(then, made);
        Map<String, Input> inputs = new LinkedHashMap<>();
        for (Map.Entry<String, Bound<SourceWords>> source :
                plan.pipeline().sources().entrySet()) {
            String alias = source.getKey();
            Bound<SourceWords> bound = source.getValue();
            ReadMode mode = plan.reads().get(alias);
            if (PipelinePlan.tableOf(bound)
                    .filter(table -> made.contains(table.maker()))
                    .isPresent()) {
                Cursor cursor = cursor(alias, bound, mode, log);
                Optional<Input> pending = pending(bound, mode, cursor);
                if (pending.isEmpty() && mode == ReadMode.NEW) {
                    return Optional.empty();
                }
                inputs.put(alias, pending.orElseGet(() -> whole(bound, mode, cursor)));
            } else {
                Input still = still(alias, bound, then);
                refuseGap(alias, bound, then, still, log);
                inputs.put(alias, still);
            }
        }
        return Optional.of(record(log.next(), then.scope(), inputs));
    }

    private Input still(String alias, Bound<SourceWords> source, BatchRecord then) {
        Input input = then.inputs().get(alias);
        if (input == null || !isOf(source, input)) {
            throw irreproducible(
                    source.span(), then, "it read no such source as '" + alias + "'", "Run without '--reproduce'.");
        }
        if (!component(source).available(source.options(), input, context())) {
            throw irreproducible(
                    source.span(),
                    then,
                    "what source '" + alias + "' gave (" + InputWords.of(input) + ") is not there any more",
                    "Put it back, or run without '--reproduce'.");
        }
        return input;
    }

    /** What the batch saw of tables that this run does not make has to be there, and still to count. */
    private void refuseGone(BatchRecord then, Set<TableId> made) {
        LakeFiles files = new LakeFiles(hadoop);
        Lake lake = new Lake(all.project().lake());
        then.tables().forEach((name, pinned) -> {
            TableId table = TableId.parse(name).orElseThrow();
            if (made.contains(table.maker())) {
                return;
            }
            boolean stands = new StateStore(files, lake, table.maker())
                    .load()
                    .stands(table.isQuarantine() ? "" : pinned.tableId(), pinned.version());
            Optional<String> why = !isThere(pinned)
                    ? Optional.of(name + ", which it read, was made anew since")
                    : !stands
                            ? Optional.of("version " + pinned.version() + " of " + name
                                    + ", which it read, was taken back since")
                            : OldFiles.missing(spark, pinned.location(), pinned.version())
                                    .map(file -> "version " + pinned.version() + " of " + name
                                            + ", which it read, cannot be read any more, for " + file);
            why.ifPresent(reason -> {
                throw irreproducible(
                        plan.pipeline().span(),
                        then,
                        reason,
                        "Reproduce the run that wrote it first or together with this one, or run without '--reproduce'.");
            });
        });
    }

    /** Changes are read from where reading stopped, or some would never be. */
    private void refuseGap(String alias, Bound<SourceWords> source, BatchRecord then, Input input, BatchLog log) {
        List<Input> read = log.cursor(alias).inputs();
        Input last = read.isEmpty() ? null : read.get(read.size() - 1);
        long until = last instanceof Input.Changes changes
                ? changes.until()
                : last instanceof Input.Snapshot whole ? whole.version() : -1;
        if (input instanceof Input.Changes changes && changes.after() > until) {
            throw irreproducible(
                    source.span(),
                    then,
                    "it read the changes of " + changes.table() + " after version " + changes.after()
                            + ", and those before were taken back too",
                    "Reproduce the runs before it first, or run without '--reproduce'.");
        }
    }

    /** What adds to a table must not add the same again. */
    private void refuseTwice(BatchRecord then, BatchLog log) {
        boolean adds =
                plan.pipeline().target().component().has(Trait.INCREMENTAL) && then.scope() == BatchRecord.Scope.BATCH;
        String run = all.project().values().run().id();
        log.counting().stream()
                .map(SettledBatch::batch)
                .filter(batch ->
                        adds && batch.number() >= then.number() && !batch.run().equals(run))
                .findFirst()
                .ifPresent(batch -> {
                    boolean itself = batch.run().equals(then.run());
                    throw irreproducible(
                            plan.pipeline().span(),
                            then,
                            itself
                                    ? "the table still holds what it wrote"
                                    : "run " + batch.run() + " wrote to the table after it",
                            "Take it back first: ingot rollback " + batch.run());
                });
    }

    private IngotException irreproducible(SourceSpan place, BatchRecord then, String why, String remedy) {
        return new IngotException(Diagnostic.error(
                Code.ENV_CONFLICT,
                place,
                "Cannot write " + plan.id() + " as run " + then.run() + " did: " + why,
                remedy));
    }

    private boolean isLast(Input input, Cursor read) {
        if (read.inputs().isEmpty()) {
            return false;
        }
        Input last = read.inputs().get(read.inputs().size() - 1);
        return last.equals(input)
                || (input instanceof Input.View now && last instanceof Input.View then && isUnchanged(then, now));
    }

    private boolean isUnchanged(Input.View then, Input.View now) {
        return then.fingerprint().equals(now.fingerprint())
                && then.tables().keySet().equals(now.tables().keySet())
                && then.tables().entrySet().stream().allMatch(table -> {
                    PinnedTable was = table.getValue();
                    PinnedTable is = now.tables().get(table.getKey());
                    return was.tableId().equals(is.tableId())
                            && DeltaTables.hasSameRows(spark, is.location(), was.version(), is.version());
                });
    }

    /** What a source gives of which no part is new: a table as it was, or a view. */
    private Optional<Input> fixed(Bound<SourceWords> source) {
        if (source.words().asOf().isPresent()) {
            TableName name = OptionValues.of(source.options(), TableName.class).get(0);
            PinnedTable table = pins.find(name.id()).orElseThrow(() -> Inputs.notBuilt(name));
            return Optional.of(new TimeTravel(spark, new Lake(all.project().lake())).input(source, table));
        }
        Views views = views(all);
        return PipelinePlan.tableOf(source).flatMap(views::find).map(view -> views.input(view, pins.all()));
    }

    private Views views(LogicalPlan of) {
        return new Views(spark, hadoop, of, tables, warnings);
    }

    /** What was read of another source under the same alias says nothing about this one. */
    private Cursor cursor(String alias, Bound<SourceWords> source, ReadMode mode, BatchLog log) {
        List<Input> read = log.cursor(alias).inputs();
        boolean ours = !read.isEmpty() && isOf(source, read.get(read.size() - 1));
        if (mode == ReadMode.NEW && !ours && log.last().isPresent()) {
            throw new IngotException(Diagnostic.error(
                    Code.DATA_FEED,
                    source.span(),
                    "Cannot tell what is new in source '" + alias + "': "
                            + (read.isEmpty()
                                    ? "the table holds rows, and none were read under this name"
                                    : "the batches so far read another source under this name"),
                    "Give the source the name and kind that it had, or build the table anew with --full-refresh."));
        }
        return ours ? new Cursor(read) : Cursor.start();
    }

    private boolean isOf(Bound<SourceWords> source, Input read) {
        return read instanceof Input.View view
                ? PipelinePlan.tableOf(source)
                        .flatMap(views(all)::find)
                        .filter(now -> now.id().toString().equals(view.table()))
                        .isPresent()
                : component(source).reads(source.options(), read);
    }

    private void warnOfVanished(Cursor before, Input now) {
        Set<String> there = paths(now).collect(Collectors.toSet());
        List<String> gone = before.inputs().stream()
                .flatMap(Batches::paths)
                .filter(path -> !there.contains(path))
                .distinct()
                .toList();
        if (!gone.isEmpty()) {
            warnings.accept("The rows of " + gone.size() + (gone.size() == 1 ? " file" : " files") + " (" + gone.get(0)
                    + (gone.size() == 1 ? "" : " ...") + ") that " + plan.id() + " was built from are no longer in it:"
                    + " they are gone from the source. The table's version before this one has them.");
        }
    }

    private static Stream<String> paths(Input input) {
        return input instanceof Input.Files files ? files.files().stream().map(Input.File::path) : Stream.of();
    }

    private boolean isOfThisPlan(SettledBatch batch) {
        return batch.batch().fingerprint().equals(plan.pipeline().fingerprint());
    }

    private BatchRecord record(long number, BatchRecord.Scope scope, Map<String, Input> inputs) {
        RunValues run = all.project().values().run();
        Map<String, PinnedTable> read = new TreeMap<>();
        for (TableId table : plan.tables()) {
            pins.find(table).ifPresent(pinned -> read.put(table.toString(), pinned));
        }
        return new BatchRecord(
                number,
                plan.id().toString(),
                run.id(),
                run.date().toString(),
                run.startedAt().toString(),
                plan.pipeline().fingerprint(),
                scope,
                inputs,
                read);
    }

    /** Whether a batch that was begun can be written as it was meant: the same pipeline, on the same input. */
    boolean isRepeatable(BatchRecord batch) {
        PipelinePlan then = planOf(batch);
        boolean samePipeline = then.pipeline().fingerprint().equals(batch.fingerprint());
        boolean sameTables = batch.tables().values().stream().allMatch(this::isThere);
        return samePipeline
                && sameTables
                && then.pipeline().sources().entrySet().stream().allMatch(source -> {
                    Input input = batch.inputs().get(source.getKey());
                    Bound<SourceWords> bound = source.getValue();
                    return input != null && isAvailable(bound, input, batch);
                });
    }

    private boolean isAvailable(Bound<SourceWords> source, Input input, BatchRecord batch) {
        if (input instanceof Input.View) {
            Views views = views(planAt(batch));
            return PipelinePlan.tableOf(source)
                    .flatMap(views::find)
                    .filter(view -> views.input(view, batch.tables()).equals(input))
                    .isPresent();
        }
        return component(source).available(source.options(), input, context());
    }

    private boolean isThere(PinnedTable pinned) {
        return DeltaTables.find(spark, pinned.location())
                .filter(head -> head.id().equals(pinned.tableId()) && head.version() >= pinned.version())
                .isPresent();
    }

    /** A batch without what of its input cannot be read; empty when nothing of it is at fault. */
    Optional<BatchRecord> withoutUnreadable(BatchRecord batch, long number) {
        Map<String, Input> inputs = new LinkedHashMap<>();
        plan.pipeline().sources().forEach((alias, source) -> {
            Input input = batch.inputs().get(alias);
            inputs.put(alias, component(source).withoutUnreadable(source.options(), input, context()));
        });
        return inputs.equals(batch.inputs()) ? Optional.empty() : Optional.of(batch.reading(number, inputs));
    }

    /** The rows of a batch, with the values of the run that began it. */
    CompiledPlan compile(BatchRecord batch) {
        LogicalPlan then = planAt(batch);
        return new SparkCompiler(spark, hadoop, then.project(), tables, warnings)
                .compile(planOf(batch), new BatchInputs(spark, batch.inputs(), batch.tables(), views(then)));
    }

    private PipelinePlan planOf(BatchRecord batch) {
        return planAt(batch).byTable().get(plan.id());
    }

    private LogicalPlan planAt(BatchRecord batch) {
        RunValues run = batch.runValues();
        return run.equals(all.project().values().run()) ? all : replan.apply(run);
    }

    private SourceContext context() {
        return new SparkCompiler(spark, hadoop, all.project(), tables, warnings)
                .context(plan, new BatchInputs(spark, Map.of(), pins.all(), views(all)));
    }

    @SuppressWarnings("unchecked")
    private static Source<Record> component(Bound<SourceWords> source) {
        return source.component().instantiate(Source.class);
    }
}
