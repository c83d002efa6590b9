package dev.ingot.run.write;

import dev.ingot.compile.CompiledPlan;
import dev.ingot.compile.RowRule;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Observation;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/** Counts the rows and violations of judged rows, either while another job reads them or in one pass of their own. */
public final class RuleMetrics {

    private static final String ROWS = "rows";

    private final CompiledPlan plan;

    public RuleMetrics(CompiledPlan plan) {
        this.plan = plan;
    }

    /** Rows and violations, as far as the rules are concerned. */
    public record Figures(long rows, Map<String, Long> violations) {}

    /** The judged rows; the observation is filled by the first job that reads them to the end. */
    Dataset<Row> observed(Observation observation) {
        List<Column> measures = measures();
        return plan.judged()
                .observe(
                        observation,
                        measures.get(0),
                        measures.subList(1, measures.size()).toArray(Column[]::new));
    }

    /** The figures of rows that carry the verdict columns. */
    public Figures of(Dataset<Row> judged) {
        List<Column> measures = measures();
        Row row = judged.agg(
                        measures.get(0), measures.subList(1, measures.size()).toArray(Column[]::new))
                .first();
        Map<String, Object> values = new LinkedHashMap<>();
        for (String name : row.schema().fieldNames()) {
            values.put(name, row.getAs(name));
        }
        return figures(values);
    }

    /** The figures that an observation gave. */
    Figures figures(Map<String, ?> values) {
        Map<String, Long> violations = new LinkedHashMap<>();
        for (RowRule rule : plan.rules()) {
            Object count = values.get(rule.verdict());
            if (count != null && (Long) count > 0) {
                violations.merge(rule.name(), (Long) count, Long::sum);
            }
        }
        return new Figures((Long) values.get(ROWS), violations);
    }

    private List<Column> measures() {
        List<Column> measures = new ArrayList<>();
        measures.add(functions.count(functions.lit(1)).as(ROWS));
        plan.rules()
                .forEach(rule -> measures.add(functions
                        .count(functions.when(functions.col(rule.verdict()), 1))
                        .as(rule.verdict())));
        return measures;
    }
}
