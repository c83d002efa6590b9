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

/** The rows of a batch that a step or a source held back, so that they did not reach the rules. */
record DivertedRows(SparkSession spark, CompiledPlan plan, BatchRecord batch) {

    /** Those to be kept, in the shape of the quarantine. */
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

    boolean none() {
        return diversions(OnViolation.QUARANTINE, OnViolation.FAIL).isEmpty();
    }

    /**
     * How many rows there are to be kept.
     *
     * @param held what {@link #rows} gave
     * @param violations is given the number for each rule
     */
    static long count(Dataset<Row> held, Map<String, Long> violations) {
        long all = 0;
        for (Row row :
                held.groupBy(functions.col(Quarantine.RULES).getItem(0)).count().collectAsList()) {
            violations.merge(row.getString(0), row.getLong(1), Long::sum);
            all += row.getLong(1);
        }
        return all;
    }

    /**
     * How many rows steps left out because they are told to.
     *
     * @param violations is given the number for each rule
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
