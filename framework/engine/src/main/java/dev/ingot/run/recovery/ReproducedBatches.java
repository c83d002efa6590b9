package dev.ingot.run.recovery;

import dev.ingot.component.input.Cursor;
import dev.ingot.component.input.Input;
import dev.ingot.component.input.ReadMode;
import dev.ingot.definition.SourceSettings;
import dev.ingot.diagnostics.IngotException;
import dev.ingot.model.Bound;
import dev.ingot.names.TableId;
import dev.ingot.plan.PipelinePlan;
import dev.ingot.run.batch.BatchPlanner;
import dev.ingot.run.batch.InputSummary;
import dev.ingot.run.batch.SourceInputs;
import dev.ingot.state.BatchLog;
import dev.ingot.state.BatchRecord;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Plans the batches of an earlier run once more: with the same input, except for tables that this run writes itself. */
public final class ReproducedBatches {

    private final SourceInputs sources;
    private final BatchPlanner batches;
    private final PipelinePlan plan;
    private final ReproductionCheck check;

    public ReproducedBatches(SourceInputs sources, BatchPlanner batches) {
        this.sources = sources;
        this.batches = batches;
        this.plan = sources.plan();
        this.check = new ReproductionCheck(sources.context(), sources.all(), plan);
    }

    /**
     * Plans a batch again without recording it.
     *
     * @param then the batch as it was recorded
     * @param made the tables that this run writes: they are read at their current versions
     * @return empty when this run wrote nothing that the batch could read
     * @throws IngotException when rows would be counted twice, or an input no longer exists
     */
    public Optional<BatchRecord> again(BatchRecord then, BatchLog log, Set<TableId> made) {
        check.refuseTwice(then, log);
        check.refuseGone(then, made);
        Map<String, Input> inputs = new LinkedHashMap<>();
        for (Map.Entry<String, Bound<SourceSettings>> source :
                plan.definition().sources().entrySet()) {
            String alias = source.getKey();
            Bound<SourceSettings> bound = source.getValue();
            ReadMode mode = plan.reads().get(alias);
            boolean ours = PipelinePlan.tableOf(bound)
                    .filter(table -> made.contains(table.maker()))
                    .isPresent();
            if (ours) {
                Cursor cursor = sources.cursor(alias, bound, mode, log);
                Optional<Input> pending = sources.pending(bound, mode, cursor);
                if (pending.isEmpty() && mode == ReadMode.NEW) {
                    return Optional.empty();
                }
                inputs.put(alias, pending.orElseGet(() -> sources.whole(bound, mode, cursor)));
            } else {
                Input recorded = recorded(alias, bound, then);
                check.refuseGap(alias, bound, then, recorded, log);
                inputs.put(alias, recorded);
            }
        }
        return Optional.of(batches.record(log.next(), then.refreshMode(), inputs));
    }

    private Input recorded(String alias, Bound<SourceSettings> source, BatchRecord then) {
        Input input = then.inputs().get(alias);
        if (input == null || !sources.isOf(source, input)) {
            throw check.irreproducible(
                    source.span(), then, "it read no such source as '" + alias + "'", "Run without '--reproduce'.");
        }
        if (!sources.isThere(source, input)) {
            throw check.irreproducible(
                    source.span(),
                    then,
                    "what source '" + alias + "' gave (" + InputSummary.of(input) + ") is not there any more",
                    "Put it back, or run without '--reproduce'.");
        }
        return input;
    }
}
