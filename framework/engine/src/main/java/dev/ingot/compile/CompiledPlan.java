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
 * A pipeline compiled to Spark datasets, over empty inputs or over those of a batch.
 *
 * @param checkedRows the rows with the table's columns, and a verdict column for each row rule
 * @param rows the columns of the rows that reach the target, in order
 * @param schema the table's columns, in order
 * @param rules the row rules, in the order of their verdict columns
 * @param tableRules the table rules
 * @param diversions rows diverted before the rules
 * @param deletedKeys the keys of changed or deleted rows of the source, as in {@link SourceRows#deletedKeys}
 */
public record CompiledPlan(
        PipelinePlan plan,
        Dataset<Row> checkedRows,
        StructType rows,
        StructType schema,
        List<RowRule> rules,
        List<TableRule> tableRules,
        List<Diversion> diversions,
        Optional<Dataset<Row>> deletedKeys) {

    public CompiledPlan {
        Objects.requireNonNull(plan, "plan");
        Objects.requireNonNull(checkedRows, "checkedRows");
        Objects.requireNonNull(rows, "rows");
        Objects.requireNonNull(schema, "schema");
        rules = List.copyOf(rules);
        tableRules = List.copyOf(tableRules);
        diversions = List.copyOf(diversions);
        Objects.requireNonNull(deletedKeys, "deletedKeys");
    }
}
