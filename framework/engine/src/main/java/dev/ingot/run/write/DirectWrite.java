package dev.ingot.run.write;

import dev.ingot.compile.CompiledPlan;
import dev.ingot.component.TargetInput;
import dev.ingot.component.rows.KeyRange;
import dev.ingot.delta.TableVersion;
import dev.ingot.diagnostics.IngotException;
import dev.ingot.plan.Route;
import dev.ingot.run.failure.Failures;
import dev.ingot.state.RefreshMode;
import java.util.Objects;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Observation;
import org.apache.spark.sql.Row;

/**
 * Writes a batch in a single Spark job, the direct and the guarded route: rows are checked and counted while they are
 * written, and on the guarded route a violation fails the job before it commits.
 */
public final class DirectWrite implements BatchWriter {

    private final CheckedBatch batch;
    private final CompiledPlan plan;
    private final TargetTable table;

    public DirectWrite(CheckedBatch batch) {
        this.batch = Objects.requireNonNull(batch, "batch");
        this.plan = batch.plan();
        this.table = batch.table();
    }

    @Override
    public Written write() {
        table.refuseEmptying(batch.verdicts().good(plan.checkedRows()));
        Observation observation = new Observation();
        TableVersion version = commit(observation);
        RuleMetrics metrics = batch.metrics();
        RuleMetrics.Figures figures = metrics.of(observation).orElseGet(() -> metrics.of(plan.checkedRows()));
        batch.violations().putAll(figures.violations());
        long dropped = dropped();
        if (figures.rows() - dropped != version.metric("numOutputRows")) {
            figures = recounted(dropped, version);
        }
        Dataset<Row> diverted = batch.diverted().rows();
        boolean any = batch.record().refreshMode() == RefreshMode.FULL
                || !batch.diverted().isEmpty();
        long quarantined = any ? batch.quarantine().write(diverted, batch.record()) : 0;
        if (quarantined > 0) {
            DivertedRows.count(diverted, batch.violations());
        }
        long droppedEarly = batch.diverted().dropped(batch.violations());
        RowCounts counts = RowCounts.ofAppend(
                version, figures.rows() + quarantined + droppedEarly, dropped + droppedEarly, quarantined);
        return new Written(version, counts, batch.violations());
    }

    private TableVersion commit(Observation observation) {
        Dataset<Row> judged = batch.metrics().observed(observation);
        Dataset<Row> rows =
                plan.plan().route() == Route.GUARDED ? batch.verdicts().guarded(judged) : judged;
        TargetInput input = new TargetInput(
                table.conforming(batch.verdicts().good(rows)),
                Optional.empty(),
                false,
                table.rows(),
                Optional.empty(),
                batch.record().runValues().startedAt());
        try {
            return table.commit(
                    table.target().changes(input, table.options(), table.writeContext(KeyRange.UNRESTRICTED)),
                    KeyRange.UNRESTRICTED);
        } catch (Exception failure) {
            throw batch.verdicts()
                    .refusedBy(failure)
                    .map(rule -> new IngotException(
                            QualityGate.refusal(plan, rule, Optional.of(violatingRows(rule))), failure))
                    .map(RuntimeException.class::cast)
                    .orElseGet(() -> Failures.unchecked(failure));
        }
    }

    /** Counts in a pass of its own, because Spark observes a row again when it retries a task. */
    private RuleMetrics.Figures recounted(long dropped, TableVersion version) {
        RuleMetrics.Figures figures = batch.metrics().of(plan.checkedRows());
        if (figures.rows() - dropped != version.metric("numOutputRows")) {
            batch.warnings()
                    .accept("The counts of batch " + batch.record().number() + " of "
                            + batch.record().pipeline() + " are not certain: " + version.metric("numOutputRows")
                            + " rows were written, and " + figures.rows() + " were read, of which rules dropped "
                            + dropped + ".");
        }
        return figures;
    }

    private long dropped() {
        return batch.violations().isEmpty()
                ? 0
                : batch.verdicts().dropped(plan.checkedRows()).count();
    }

    private String violatingRows(String rule) {
        long count = batch.metrics().of(plan.checkedRows()).violations().getOrDefault(rule, 0L);
        return count + (count == 1 ? " row violates it" : " rows violate it");
    }
}
