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

/** A rule about the table, ready to be asked. */
public record TableRule(String name, OnViolation action, Bound<CheckSettings> check, StepContext context) {

    public TableRule {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(action, "action");
        Objects.requireNonNull(check, "check");
        Objects.requireNonNull(context, "context");
    }

    /** What the rule finds on the table as it would be, or on the batch, whichever its scope names. */
    @SuppressWarnings("unchecked")
    public TableCheck.Finding judge(Dataset<Row> table, Dataset<Row> batch) {
        Dataset<Row> scope = check.settings().scope() == CheckSettings.Scope.TABLE ? table : batch;
        Dataset<Row> judged = check.settings()
                .when()
                .map(condition -> scope.filter(context.column(condition)))
                .orElse(scope);
        TableCheck<Record> rule = check.component().instantiate(TableCheck.class);
        return rule.judge(judged, check.options(), context);
    }

    /** Whether a finding breaks the rule, its tolerance considered. */
    public boolean broken(TableCheck.Finding finding, long rows) {
        Threshold tolerance = check.settings().maxViolations().orElse(new Threshold(0, Threshold.Unit.ROWS));
        return tolerance.exceededBy(finding.violations(), rows);
    }
}
