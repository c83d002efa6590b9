package dev.ingot.run.batch;

import dev.ingot.compile.CompiledPlan;
import dev.ingot.component.input.Cursor;
import dev.ingot.component.input.Input;
import dev.ingot.component.input.PinnedTable;
import dev.ingot.component.input.ReadMode;
import dev.ingot.config.RunValues;
import dev.ingot.definition.SourceSettings;
import dev.ingot.model.Bound;
import dev.ingot.names.TableId;
import dev.ingot.plan.LogicalPlan;
import dev.ingot.plan.PipelinePlan;
import dev.ingot.state.BatchLog;
import dev.ingot.state.BatchRecord;
import dev.ingot.state.CommittedBatch;
import dev.ingot.state.RefreshMode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Decides what the batches of a pipeline read, and compiles what was decided, in every attempt the same. */
public final class BatchPlanner {

    private final SourceInputs sources;
    private final PipelinePlan plan;
    private final Function<RunValues, LogicalPlan> replan;

    /**
     * Plans the batches of one pipeline.
     *
     * @param replan returns the plan of the project with the values of another run
     */
    public BatchPlanner(SourceInputs sources, Function<RunValues, LogicalPlan> replan) {
        this.sources = sources;
        this.plan = sources.plan();
        this.replan = replan;
    }

    /** Returns the next batch, not yet recorded; empty when there is nothing to do. */
    public Optional<BatchRecord> next(BatchLog log, RefreshMode refreshMode) {
        boolean refresh = refreshMode == RefreshMode.FULL;
        Optional<CommittedBatch> last = refresh ? Optional.empty() : log.last();
        boolean changed = last.isEmpty() || (plan.inputMode() == ReadMode.ALL && !isOfThisPlan(last.get()));
        Map<String, Input> inputs = new LinkedHashMap<>();
        for (Map.Entry<String, Bound<SourceSettings>> source :
                plan.definition().sources().entrySet()) {
            String alias = source.getKey();
            ReadMode mode = plan.reads().get(alias);
            Bound<SourceSettings> bound = source.getValue();
            Cursor cursor = refresh ? Cursor.start() : sources.cursor(alias, bound, mode, log);
            Optional<Input> pending = sources.pending(bound, mode, cursor);
            if (pending.isEmpty() && mode == ReadMode.NEW) {
                return Optional.empty();
            }
            changed |= pending.isPresent();
            Input input = pending.orElseGet(() -> sources.full(bound, mode, cursor));
            if (refresh) {
                warnOfMissingFiles(log.cursor(alias), input);
            }
            inputs.put(alias, input);
        }
        return changed ? Optional.of(record(log.next(), refreshMode, inputs)) : Optional.empty();
    }

    private void warnOfMissingFiles(Cursor before, Input now) {
        Set<String> present = paths(now).collect(Collectors.toSet());
        List<String> missing = before.inputs().stream()
                .flatMap(BatchPlanner::paths)
                .filter(path -> !present.contains(path))
                .distinct()
                .toList();
        if (!missing.isEmpty()) {
            sources.warnings()
                    .accept("The rows of " + missing.size() + (missing.size() == 1 ? " file" : " files") + " ("
                            + missing.get(0)
                            + (missing.size() == 1 ? "" : " ...") + ") that " + plan.id()
                            + " was built from are no longer in it, because its source no longer has "
                            + (missing.size() == 1 ? "this file" : "these files")
                            + ". The previous version of the table still has the rows.");
        }
    }

    private static Stream<String> paths(Input input) {
        return input instanceof Input.Files files ? files.files().stream().map(Input.File::path) : Stream.of();
    }

    private boolean isOfThisPlan(CommittedBatch batch) {
        return batch.batch().fingerprint().equals(plan.fingerprint());
    }

    /** Returns the record of a batch with the values and pinned tables of this run; nothing is written. */
    public BatchRecord record(long number, RefreshMode refreshMode, Map<String, Input> inputs) {
        RunValues run = sources.all().project().values().run();
        Map<String, PinnedTable> read = new TreeMap<>();
        for (TableId table : plan.tables()) {
            sources.pins().find(table).ifPresent(pinned -> read.put(table.toString(), pinned));
        }
        return new BatchRecord(
                number,
                plan.id().toString(),
                run.id(),
                run.date().toString(),
                run.startedAt().toString(),
                plan.fingerprint(),
                refreshMode,
                inputs,
                read);
    }

    /** Returns whether an unfinished batch can be replayed: the same pipeline, on the same input. */
    public boolean isReplayable(BatchRecord batch) {
        PipelinePlan then = planOf(batch);
        boolean samePipeline = then.fingerprint().equals(batch.fingerprint());
        boolean sameTables = batch.tables().values().stream()
                .allMatch(pinned -> PinnedVersions.isAvailable(sources.context().spark(), pinned));
        return samePipeline
                && sameTables
                && then.definition().sources().entrySet().stream().allMatch(source -> {
                    Input input = batch.inputs().get(source.getKey());
                    Bound<SourceSettings> bound = source.getValue();
                    return input != null && sources.isAvailable(bound, input, batch, planAt(batch));
                });
    }

    /** Returns a batch without the unreadable parts of its input; empty when all of it can be read. */
    public Optional<BatchRecord> withoutUnreadable(BatchRecord batch, long number) {
        Map<String, Input> inputs = new LinkedHashMap<>();
        plan.definition().sources().forEach((alias, source) -> {
            Input input = batch.inputs().get(alias);
            inputs.put(alias, sources.withoutUnreadable(source, input));
        });
        return inputs.equals(batch.inputs()) ? Optional.empty() : Optional.of(batch.reading(number, inputs));
    }

    /** Compiles a batch, with the values of the run that began it. */
    public CompiledPlan compile(BatchRecord batch) {
        LogicalPlan then = planAt(batch);
        return sources.context()
                .compiler(then.project(), sources.tables(), sources.warnings())
                .compile(
                        planOf(batch),
                        new BatchInputs(
                                sources.context().spark(), batch.inputs(), batch.tables(), sources.views(then)));
    }

    private PipelinePlan planOf(BatchRecord batch) {
        return planAt(batch).byTable().get(plan.id());
    }

    private LogicalPlan planAt(BatchRecord batch) {
        RunValues run = batch.runValues();
        return run.equals(sources.all().project().values().run()) ? sources.all() : replan.apply(run);
    }
}
