package dev.ingot.run;

import dev.ingot.compile.CompiledPlan;
import dev.ingot.compile.Diversion;
import dev.ingot.component.input.PinnedTable;
import dev.ingot.component.rows.RowMarkers;
import dev.ingot.plan.PipelinePlan;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Checks a view at the versions that a run sees, before anybody in the run reads it. Without rules nothing is read. */
record ViewRun(Views views, PipelinePlan view, Map<String, PinnedTable> pins) {

    /**
     * The findings.
     *
     * @throws dev.ingot.diagnostics.IngotException when a rule failed that may not
     */
    Outcome execute() {
        CompiledPlan compiled = views.compile(view, pins);
        Map<String, Long> violations = new LinkedHashMap<>();
        long rows = 0;
        if (!compiled.rules().isEmpty()) {
            Measured.Figures figures = new Measured(compiled).of(compiled.judged());
            violations.putAll(figures.violations());
            rows = figures.rows();
        }
        for (Diversion diversion : compiled.diversions()) {
            long diverted = diversion.rows().count();
            if (diverted > 0) {
                violations.merge(diversion.rule(), diverted, Long::sum);
            }
        }
        Gate gate = new Gate(compiled).rows(violations, rows);
        if (!compiled.tableRules().isEmpty()) {
            Dataset<Row> all = new Verdicts(compiled).good(compiled.judged()).drop(RowMarkers.ACTION);
            gate.table(all, all, violations);
        }
        gate.decide();
        return new Outcome.Checked(violations);
    }
}
