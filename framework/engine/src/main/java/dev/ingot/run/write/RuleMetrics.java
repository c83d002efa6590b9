package dev.ingot.run.write;

import dev.ingot.compile.CompiledPlan;
import dev.ingot.compile.RowRule;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Observation;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/** Counts the rows of a batch and the violations of each rule, while another job reads the rows or in its own pass. */
public final class RuleMetrics {

    private static final String ROWS = "rows";
    private static final long OBSERVATION_TIMEOUT_MILLIS = 2_000;

    private final CompiledPlan plan;

    public RuleMetrics(CompiledPlan plan) {
        this.plan = plan;
    }

    /** The rows that reached the rules, and the violations of each rule that has any. */
    public record Figures(long rows, Map<String, Long> violations) {}

    /** Returns the rows with their verdicts; the first job that reads them to the end fills the observation. */
    Dataset<Row> observed(Observation observation) {
        List<Column> measures = measures();
        return plan.checkedRows()
                .observe(
                        observation,
                        measures.get(0),
                        measures.subList(1, measures.size()).toArray(Column[]::new));
    }

    /**
     * Returns what an observation counted, once its job is done. Spark delivers the figures late, and never when its
     * optimizer removed the rows; after two seconds the answer is empty.
     */
    Optional<Figures> of(Observation observation) {
        FutureTask<Map<String, ?>> observed = new FutureTask<>(observation::getAsJava);
        Thread waiting = new Thread(observed, "ingot-observation");
        waiting.setDaemon(true);
        waiting.start();
        try {
            return Optional.of(figures(observed.get(OBSERVATION_TIMEOUT_MILLIS, TimeUnit.MILLISECONDS)));
        } catch (TimeoutException | ExecutionException missing) {
            waiting.interrupt();
            return Optional.empty();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    /** Counts rows that carry the verdict columns, by a job of its own. */
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

    private Figures figures(Map<String, ?> values) {
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
