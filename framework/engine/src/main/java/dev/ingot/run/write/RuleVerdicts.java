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

/** What the verdict columns of a batch mean for each of its rows. */
public final class RuleVerdicts {

    /** Marks the message of a job that a violation ended; the number of the rule follows. */
    static final String GATE = "INGOT_GATE:";

    private final CompiledPlan plan;

    public RuleVerdicts(CompiledPlan plan) {
        this.plan = plan;
    }

    /** The rows that may be written, in the target's shape, marked with what each does. */
    public Dataset<Row> good(Dataset<Row> judged) {
        Column refused = violating(OnViolation.DROP).or(violating(OnViolation.QUARANTINE));
        boolean marked = Columns.has(judged, RowMarkers.ACTION);
        Column action = marked ? functions.col(RowMarkers.ACTION) : RowMarkers.Action.WRITE.mark();
        return judged.filter(functions.not(refused))
                .withColumn(RowMarkers.ACTION, action)
                .select(columns());
    }

    /** The rows to be kept in quarantine. A row that one rule would drop and another keep is kept. */
    Dataset<Row> quarantined(Dataset<Row> judged) {
        return judged.filter(violating(OnViolation.QUARANTINE));
    }

    /** Whether a rule that keeps rows is among those that were violated. */
    boolean quarantines(Map<String, Long> violations) {
        return plan.rules().stream()
                .anyMatch(rule -> rule.action() == OnViolation.QUARANTINE && violations.containsKey(rule.name()));
    }

    /** The rows to be left out. */
    Dataset<Row> dropped(Dataset<Row> judged) {
        return judged.filter(violating(OnViolation.DROP).and(functions.not(violating(OnViolation.QUARANTINE))));
    }

    /** The same rows; a job that meets a violation which fails the run ends there. */
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

    /** The rule that ended a job, if one did. */
    Optional<String> refusedBy(Throwable failure) {
        return Failures.chain(failure).stream()
                .map(cause -> String.valueOf(cause.getMessage()))
                .filter(message -> message.contains(GATE))
                .findFirst()
                .map(message -> message.replaceAll("(?s).*" + GATE + "(\\d+).*", "$1"))
                .map(index -> plan.rules().get(Integer.parseInt(index)).name());
    }

    /** The names of the rules that a row violates, as an array. */
    Column violatedRules() {
        Column[] names = plan.rules().stream()
                .map(rule -> functions.when(functions.col(rule.verdict()), functions.lit(rule.name())))
                .toArray(Column[]::new);
        return functions.filter(functions.array(names), Column::isNotNull);
    }

    /** The columns that reach the target, by name. */
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
