package dev.ingot.run;

import dev.ingot.compile.CompiledPlan;
import dev.ingot.compile.Diversion;
import dev.ingot.component.input.PinnedTable;
import dev.ingot.component.rows.RowMarkers;
import dev.ingot.plan.PipelinePlan;
import dev.ingot.run.batch.Views;
import dev.ingot.run.history.Outcome;
import dev.ingot.run.write.QualityGate;
import dev.ingot.run.write.RuleMetrics;
import dev.ingot.run.write.RuleVerdicts;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Checks the rules of a view at the versions that a run reads, before it is read. Without rules nothing is read. */
record ViewRun(Views views, PipelinePlan view, Map<String, PinnedTable> pins) {

    /**
     * Checks the rules and returns the violations.
     *
     * @throws dev.ingot.diagnostics.IngotException when a rule that fails the run is violated
     */
    Outcome execute() {
        CompiledPlan compiled = views.compile(view, pins);
        Map<String, Long> violations = new LinkedHashMap<>();
        long rows = 0;
        if (!compiled.rules().isEmpty()) {
            RuleMetrics.Figures figures = new RuleMetrics(compiled).of(compiled.checkedRows());
            violations.putAll(figures.violations());
            rows = figures.rows();
        }
        for (Diversion diversion : compiled.diversions()) {
            long diverted = diversion.rows().count();
            if (diverted > 0) {
                violations.merge(diversion.rule(), diverted, Long::sum);
            }
        }
        QualityGate gate = new QualityGate(compiled).rows(violations, rows);
        if (!compiled.tableRules().isEmpty()) {
            Dataset<Row> all =
                    new RuleVerdicts(compiled).good(compiled.checkedRows()).drop(RowMarkers.ACTION);
            gate.table(all, all, violations);
        }
        gate.decide();
        return new Outcome.Checked(violations);
    }
}
