package dev.ingot.compile;

import dev.ingot.component.input.SourceRows;
import dev.ingot.plan.PipelinePlan;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/**
 * A pipeline as Spark datasets, on empty rows or on those of a batch.
 *
 * @param judged the rows in the table's shape, and a verdict column for each rule about rows
 * @param rows the columns of the rows that reach the target, in order
 * @param schema the table's columns, in order
 * @param rules the rules about rows, in the order of their verdict columns
 * @param tableRules the rules about the table
 * @param diversions rows that did not reach the rules
 * @param gone the keys of rows of the source that were changed or deleted, as {@link SourceRows#gone} has them
 */
public record CompiledPlan(
        PipelinePlan plan,
        Dataset<Row> judged,
        StructType rows,
        StructType schema,
        List<RowRule> rules,
        List<TableRule> tableRules,
        List<Diversion> diversions,
        Optional<Dataset<Row>> gone) {

    public CompiledPlan {
        Objects.requireNonNull(plan, "plan");
        Objects.requireNonNull(judged, "judged");
        Objects.requireNonNull(rows, "rows");
        Objects.requireNonNull(schema, "schema");
        rules = List.copyOf(rules);
        tableRules = List.copyOf(tableRules);
        diversions = List.copyOf(diversions);
        Objects.requireNonNull(gone, "gone");
    }
}
