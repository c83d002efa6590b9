package dev.ingot.run.write;

import dev.ingot.compile.CompiledPlan;
import dev.ingot.component.TargetInput;
import dev.ingot.component.rows.KeyRange;
import dev.ingot.delta.TableVersion;
import dev.ingot.diagnostics.IngotException;
import dev.ingot.plan.Route;
import dev.ingot.run.failure.Failures;
import dev.ingot.state.BatchRecord;
import dev.ingot.state.RefreshMode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Observation;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** The routes of one write: rows are judged and counted while they are written, and a violation may end the job. */
public final class DirectWrite implements BatchWriter {

    private final CompiledPlan plan;
    private final BatchRecord batch;
    private final TargetTable table;
    private final AuxiliaryTable quarantine;
    private final Consumer<String> warnings;
    private final RuleVerdicts verdicts;
    private final RuleMetrics measured;
    private final DivertedRows heldBack;
    private final Map<String, Long> violations = new LinkedHashMap<>();

    public DirectWrite(
            SparkSession spark,
            CompiledPlan plan,
            BatchRecord batch,
            TargetTable table,
            AuxiliaryTable quarantine,
            Consumer<String> warnings) {
        this.plan = plan;
        this.batch = batch;
        this.table = table;
        this.quarantine = quarantine;
        this.warnings = warnings;
        this.verdicts = new RuleVerdicts(plan);
        this.measured = new RuleMetrics(plan);
        this.heldBack = new DivertedRows(spark, plan, batch);
    }

    @Override
    public Written write() {
        table.refuseEmptying(verdicts.good(plan.judged()));
        Observation observation = new Observation();
        TableVersion version = commit(observation);
        RuleMetrics.Figures figures =
                ObservedMetrics.within(observation).map(measured::figures).orElseGet(() -> measured.of(plan.judged()));
        violations.putAll(figures.violations());
        long refused = dropped();
        if (figures.rows() - refused != version.metric("numOutputRows")) {
            figures = recounted(refused, version);
        }
        Dataset<Row> held = heldBack.rows();
        boolean any = batch.refreshMode() == RefreshMode.FULL || !heldBack.none();
        long kept = any ? quarantine.keep(held, batch) : 0;
        if (kept > 0) {
            DivertedRows.count(held, violations);
        }
        long early = heldBack.dropped(violations);
        RowCounts counts = CommitCounts.ofAppended(version, figures.rows() + kept + early, refused + early, kept);
        return new Written(version, counts, violations);
    }

    private TableVersion commit(Observation observation) {
        Dataset<Row> judged = measured.observed(observation);
        Dataset<Row> rows = plan.plan().route() == Route.GUARDED ? verdicts.guarded(judged) : judged;
        TargetInput incoming = new TargetInput(
                table.conforming(verdicts.good(rows)),
                Optional.empty(),
                false,
                table.rows(),
                Optional.empty(),
                batch.runValues().startedAt());
        try {
            return table.commit(
                    table.target().changes(incoming, table.options(), table.destination(KeyRange.ANYWHERE)),
                    KeyRange.ANYWHERE);
        } catch (Exception failure) {
            throw verdicts.refusedBy(failure)
                    .map(rule ->
                            new IngotException(QualityGate.refusal(plan, rule, Optional.of(howMany(rule))), failure))
                    .map(RuntimeException.class::cast)
                    .orElseGet(() -> Failures.unchecked(failure));
        }
    }

    /** Spark observes a row again when it repeats a task; then only a pass of its own tells. */
    private RuleMetrics.Figures recounted(long refused, TableVersion version) {
        RuleMetrics.Figures figures = measured.of(plan.judged());
        if (figures.rows() - refused != version.metric("numOutputRows")) {
            warnings.accept("The counts of batch " + batch.number() + " of " + batch.pipeline() + " are not certain: "
                    + version.metric("numOutputRows") + " rows were written, and " + figures.rows() + " were read of"
                    + " which rules left out " + refused + ".");
        }
        return figures;
    }

    private long dropped() {
        return violations.isEmpty() ? 0 : verdicts.dropped(plan.judged()).count();
    }

    private String howMany(String rule) {
        long count = measured.of(plan.judged()).violations().getOrDefault(rule, 0L);
        return count + (count == 1 ? " row violates it" : " rows violate it");
    }
}
