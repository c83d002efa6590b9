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

/** Plans the batches of an earlier run once more, with the same input except for tables that this run writes itself. */
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
     * Plans the reproduction of a batch without recording it.
     *
     * @param earlier the recorded batch
     * @param written the tables that this run writes: they are read at their current versions
     * @return empty when this run wrote nothing that the batch could read
     * @throws IngotException when rows would be counted twice, or an input no longer exists
     */
    public Optional<BatchRecord> reproduce(BatchRecord earlier, BatchLog log, Set<TableId> written) {
        check.refuseDuplicate(earlier, log);
        check.refuseMissing(earlier, written);
        Map<String, Input> inputs = new LinkedHashMap<>();
        for (Map.Entry<String, Bound<SourceSettings>> source :
                plan.definition().sources().entrySet()) {
            String alias = source.getKey();
            Bound<SourceSettings> bound = source.getValue();
            ReadMode mode = plan.reads().get(alias);
            boolean writtenHere = PipelinePlan.tableOf(bound)
                    .filter(table -> written.contains(table.maker()))
                    .isPresent();
            if (writtenHere) {
                Cursor cursor = sources.cursor(alias, bound, mode, log);
                Optional<Input> pending = sources.pending(bound, mode, cursor);
                if (pending.isEmpty() && mode == ReadMode.NEW) {
                    return Optional.empty();
                }
                inputs.put(alias, pending.orElseGet(() -> sources.full(bound, mode, cursor)));
            } else {
                Input recorded = recorded(alias, bound, earlier);
                check.refuseGap(alias, bound, earlier, recorded, log);
                inputs.put(alias, recorded);
            }
        }
        return Optional.of(batches.record(log.next(), earlier.refreshMode(), inputs));
    }

    private Input recorded(String alias, Bound<SourceSettings> source, BatchRecord earlier) {
        Input input = earlier.inputs().get(alias);
        if (input == null || !sources.isOf(source, input)) {
            throw check.irreproducible(
                    source.span(), earlier, "it read no source '" + alias + "'", "Run without '--reproduce'.");
        }
        if (!sources.isAvailable(source, input)) {
            throw check.irreproducible(
                    source.span(),
                    earlier,
                    "the input of source '" + alias + "' (" + InputSummary.of(input) + ") no longer exists",
                    "Restore it, or run without '--reproduce'.");
        }
        return input;
    }
}
