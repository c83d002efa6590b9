package dev.ingot.transform;

import dev.ingot.component.Named;
import dev.ingot.component.StepContext;
import dev.ingot.component.Transformation;
import dev.ingot.component.rows.Analysis;
import dev.ingot.options.Expression;
import dev.ingot.options.Option;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Adds columns, or replaces them in place. Each expression can use the columns from before the step and those derived
 * above it.
 */
@Named(
        value = "derive",
        summary = "Adds or replaces columns; an expression may use those derived above it.",
        example = "derive:\n  route: concat_ws('-', origin, destination)")
public final class Derive implements Transformation<Derive.Options> {

    /** The columns to derive. */
    public record Options(
            @Option(
                    description = "Column name to Spark SQL expression.",
                    example = "{route: origin || destination}",
                    inline = true,
                    required = true)
            Map<String, Expression> columns) {}

    @Override
    public Dataset<Row> apply(Dataset<Row> rows, Options options, StepContext context) {
        Dataset<Row> derived = rows;
        for (Map.Entry<String, Expression> column : options.columns().entrySet()) {
            Dataset<Row> before = derived;
            Expression expression = column.getValue();
            derived = Analysis.at(
                    expression.span(), () -> before.withColumn(column.getKey(), context.column(expression)));
        }
        return derived;
    }

    @Override
    public boolean keeps(String column, Options options) {
        return options.columns().keySet().stream().noneMatch(column::equalsIgnoreCase);
    }
}
