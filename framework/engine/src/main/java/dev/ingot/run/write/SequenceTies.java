package dev.ingot.run.write;

import dev.ingot.component.KeyedOptions;
import dev.ingot.component.rows.Columns;
import dev.ingot.component.rows.KeyText;
import dev.ingot.component.rows.LatestRow;
import dev.ingot.plan.PipelinePlan;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.functions;

/** Finds the keys for which a batch has several different rows, none of which is newer than the others. */
final class SequenceTies {

    private static final int NAMED = 20;
    private static final String NEWEST = "__ingot_newest";
    private static final String CONTENT = "__ingot_content";

    private SequenceTies() {}

    /**
     * Returns a warning that names such keys; empty when there are none.
     *
     * @param rows the rows of the batch, some of which were superseded
     */
    static Optional<String> in(Dataset<Row> rows, PipelinePlan plan) {
        Optional<KeyedOptions> keyed =
                plan.definition().keyed().filter(each -> !each.sequenceBy().isEmpty());
        return keyed.flatMap(each -> in(rows, plan, each));
    }

    private static Optional<String> in(Dataset<Row> rows, PipelinePlan plan, KeyedOptions keyed) {
        Column[] keys = Columns.of(rows, keyed.keys());
        Column sequence = functions.struct(Columns.of(rows, keyed.sequenceBy()));
        Dataset<Row> tied = rows.select(
                        functions.struct(keys).as("key"),
                        sequence.as("at"),
                        LatestRow.contentHash(rows).as(CONTENT))
                .withColumn(NEWEST, functions.max("at").over(Window.partitionBy("key")))
                .filter(functions.col("at").eqNullSafe(functions.col(NEWEST)))
                .groupBy("key")
                .agg(functions.countDistinct(CONTENT).as("different"))
                .filter(functions.col("different").gt(1));
        List<Row> some = tied.select("key.*").limit(NAMED + 1).collectAsList();
        if (some.isEmpty()) {
            return Optional.empty();
        }
        String named = some.stream()
                .limit(NAMED)
                .map(key -> KeyText.of(key, plan.target().settings().piiColumns()))
                .collect(Collectors.joining("; "));
        return Optional.of("Some keys of " + plan.id() + " have several different rows with the same 'sequence_by'"
                + " value; the choice does not depend on their order, but it may not be the right one: "
                + named + (some.size() > NAMED ? "; and more" : "") + ".");
    }
}
