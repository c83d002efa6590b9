package dev.ingot.run.write;

import dev.ingot.compile.CompiledPlan;
import dev.ingot.run.context.LakeContext;
import dev.ingot.state.BatchRecord;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Holds what both write routes need of one batch: its rows with the verdicts of the rules, where they are written, and
 * where rejected ones go.
 *
 * @param violations collects the number of violations of each rule
 * @param warnings receives what does not stop the batch
 */
public record CheckedBatch(
        CompiledPlan plan,
        BatchRecord record,
        TargetTable table,
        AuxiliaryTable quarantine,
        RuleVerdicts verdicts,
        RuleMetrics metrics,
        DivertedRows diverted,
        Map<String, Long> violations,
        Consumer<String> warnings) {

    /** Returns the checked form of a batch that was compiled on its input. */
    public static CheckedBatch of(
            LakeContext context,
            CompiledPlan plan,
            BatchRecord record,
            TargetTable table,
            AuxiliaryTable quarantine,
            Consumer<String> warnings) {
        return new CheckedBatch(
                plan,
                record,
                table,
                quarantine,
                new RuleVerdicts(plan),
                new RuleMetrics(plan),
                new DivertedRows(context.spark(), plan, record),
                new LinkedHashMap<>(),
                warnings);
    }
}
