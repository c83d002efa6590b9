package dev.ingot.run.write;

import dev.ingot.compile.CompiledPlan;
import dev.ingot.compile.RowRule;
import dev.ingot.component.rows.Columns;
import dev.ingot.component.rows.RowMarkers;
import dev.ingot.definition.OnViolation;
import dev.ingot.run.failure.Failures;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/** Divides the rows of a batch by their verdict columns: to write, to quarantine, to drop. */
public final class RuleVerdicts {

    /** Marks the message of a job that a violation failed; the number of the rule follows. */
    static final String GATE = "INGOT_GATE:";

    private final CompiledPlan plan;

    public RuleVerdicts(CompiledPlan plan) {
        this.plan = plan;
    }

    /** Returns the rows that may be written, with the target's columns and the action of each row. */
    public Dataset<Row> good(Dataset<Row> judged) {
        Column refused = violating(OnViolation.DROP).or(violating(OnViolation.QUARANTINE));
        boolean marked = Columns.has(judged, RowMarkers.ACTION);
        Column action = marked ? functions.col(RowMarkers.ACTION) : RowMarkers.Action.WRITE.literal();
        return judged.filter(functions.not(refused))
                .withColumn(RowMarkers.ACTION, action)
                .select(columns());
    }

    /** Returns the rows to quarantine. A row that one rule drops and another quarantines is quarantined. */
    Dataset<Row> quarantined(Dataset<Row> judged) {
        return judged.filter(violating(OnViolation.QUARANTINE));
    }

    /** Returns whether a rule that quarantines rows was violated. */
    boolean quarantines(Map<String, Long> violations) {
        return plan.rules().stream()
                .anyMatch(rule -> rule.action() == OnViolation.QUARANTINE && violations.containsKey(rule.name()));
    }

    /** Returns the rows to drop. */
    Dataset<Row> dropped(Dataset<Row> judged) {
        return judged.filter(violating(OnViolation.DROP).and(functions.not(violating(OnViolation.QUARANTINE))));
    }

    /** Returns the same rows; a job fails at the first row whose violation fails the run. */
    Dataset<Row> guarded(Dataset<Row> judged) {
        Column guard = functions.lit(true);
        for (int i = 0; i < plan.rules().size(); i++) {
            RowRule rule = plan.rules().get(i);
            if (rule.action() == OnViolation.FAIL) {
                Column raise = functions.expr("CAST(raise_error('" + GATE + i + "') AS BOOLEAN)");
                guard = functions.when(functions.col(rule.verdict()), raise).otherwise(guard);
            }
        }
        return judged.filter(guard);
    }

    /** Returns the rule that failed a job; empty when it failed for another reason. */
    Optional<String> refusedBy(Throwable failure) {
        return Failures.chain(failure).stream()
                .map(cause -> String.valueOf(cause.getMessage()))
                .filter(message -> message.contains(GATE))
                .findFirst()
                .map(message -> message.replaceAll("(?s).*" + GATE + "(\\d+).*", "$1"))
                .map(index -> plan.rules().get(Integer.parseInt(index)).name());
    }

    /** Returns the names of the rules that a row violates, as an array. */
    Column violatedRules() {
        Column[] names = plan.rules().stream()
                .map(rule -> functions.when(functions.col(rule.verdict()), functions.lit(rule.name())))
                .toArray(Column[]::new);
        return functions.filter(functions.array(names), Column::isNotNull);
    }

    /** Returns the names of the columns that reach the target. */
    List<String> names() {
        return Arrays.asList(plan.rows().fieldNames());
    }

    private Column[] columns() {
        return Stream.concat(names().stream(), Stream.of(RowMarkers.ACTION))
                .map(Columns::named)
                .toArray(Column[]::new);
    }

    private Column violating(OnViolation action) {
        return plan.rules().stream()
                .filter(rule -> rule.action() == action)
                .map(rule -> functions.col(rule.verdict()))
                .reduce(Column::or)
                .orElse(functions.lit(false));
    }
}
