package dev.ingot.compile;

import dev.ingot.component.StepContext;
import dev.ingot.component.TableCheck;
import dev.ingot.definition.CheckSettings;
import dev.ingot.definition.OnViolation;
import dev.ingot.model.Bound;
import dev.ingot.options.Threshold;
import java.util.Objects;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** A table rule that is ready to be evaluated. */
public record TableRule(String name, OnViolation action, Bound<CheckSettings> check, StepContext context) {

    public TableRule {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(action, "action");
        Objects.requireNonNull(check, "check");
        Objects.requireNonNull(context, "context");
    }

    /** Evaluates the rule on the table as it would be after the write, or on the batch, depending on its scope. */
    @SuppressWarnings("unchecked")
    public TableCheck.Finding evaluate(Dataset<Row> table, Dataset<Row> batch) {
        Dataset<Row> scope = check.settings().scope() == CheckSettings.Scope.TABLE ? table : batch;
        Dataset<Row> judged = check.settings()
                .when()
                .map(condition -> scope.filter(context.column(condition)))
                .orElse(scope);
        TableCheck<Record> rule = check.component().instantiate(TableCheck.class);
        return rule.evaluate(judged, check.options(), context);
    }

    /** Returns whether a finding exceeds the tolerance of the rule. */
    public boolean isViolated(TableCheck.Finding finding, long rows) {
        Threshold tolerance = check.settings().maxViolations().orElse(new Threshold(0, Threshold.Unit.ROWS));
        return tolerance.exceededBy(finding.violations(), rows);
    }
}
