package dev.ingot.run.write;

import dev.ingot.compile.CompiledPlan;
import dev.ingot.compile.Diversion;
import dev.ingot.compile.Quarantine;
import dev.ingot.definition.OnViolation;
import dev.ingot.state.BatchRecord;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;

/** The rows of a batch that a source or a step diverted, so that they did not reach the rules. */
record DivertedRows(SparkSession spark, CompiledPlan plan, BatchRecord batch) {

    /** Returns the rows for the quarantine, with its columns. */
    Dataset<Row> rows() {
        Dataset<Row> all = spark.createDataFrame(List.of(), Quarantine.SCHEMA);
        for (Diversion diversion : diversions(OnViolation.QUARANTINE, OnViolation.FAIL)) {
            all = all.unionByName(Quarantine.of(
                    diversion.rows(),
                    functions.array(functions.lit(diversion.rule())),
                    List.of(diversion.rows().columns()),
                    batch.runValues(),
                    batch.number()));
        }
        return all;
    }

    /** Returns whether no source or step of the plan can divert rows to the quarantine. */
    boolean isEmpty() {
        return diversions(OnViolation.QUARANTINE, OnViolation.FAIL).isEmpty();
    }

    /**
     * Counts the rows for the quarantine.
     *
     * @param diverted the result of {@link #rows}
     * @param violations receives the number for each rule
     */
    static long count(Dataset<Row> diverted, Map<String, Long> violations) {
        long all = 0;
        for (Row row : diverted.groupBy(functions.col(Quarantine.RULES).getItem(0))
                .count()
                .collectAsList()) {
            violations.merge(row.getString(0), row.getLong(1), Long::sum);
            all += row.getLong(1);
        }
        return all;
    }

    /**
     * Counts the rows that are dropped before they reach the rules.
     *
     * @param violations receives the number for each rule
     */
    long dropped(Map<String, Long> violations) {
        long dropped = 0;
        for (Diversion diversion : diversions(OnViolation.DROP)) {
            long count = diversion.rows().count();
            if (count > 0) {
                violations.merge(diversion.rule(), count, Long::sum);
            }
            dropped += count;
        }
        return dropped;
    }

    private List<Diversion> diversions(OnViolation... actions) {
        return plan.diversions().stream()
                .filter(diversion -> List.of(actions).contains(diversion.action()))
                .toList();
    }
}
