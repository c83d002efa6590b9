package dev.ingot.quality;

import dev.ingot.component.Named;
import dev.ingot.component.RowCheck;
import dev.ingot.component.StepContext;
import dev.ingot.component.Trait;
import dev.ingot.component.rows.Columns;
import dev.ingot.options.ColumnName;
import dev.ingot.options.Option;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.FloatType;

/**
 * Checks that a column is between two bounds. Null passes; {@code not_null} rejects it. NaN never passes; text is
 * compared by its characters.
 */
@Named(
        value = "range",
        summary = "The column is between two bounds, or null.",
        example = "range: {column: delay, min: -120, max: 3000}",
        traits = Trait.ROW_RULE)
public final class Range implements RowCheck<Range.Options> {

    /** The column and its bounds. */
    public record Options(
            @Option(description = "The column: numbers, dates, times or text.", example = "delay")
            ColumnName column,

            @Option(description = "The smallest value; times are UTC.", example = "2024-01-31")
            Optional<String> min,

            @Option(description = "The greatest value; times are UTC.", example = "3000")
            Optional<String> max,

            @Option(description = "Whether the bounds are allowed values.", example = "false", defaultValue = "true")
            boolean inclusive) {
        public Options {
            if (min.isEmpty() && max.isEmpty()) {
                throw new IllegalArgumentException("it needs 'min', 'max' or both");
            }
        }
    }

    @Override
    public Dataset<Row> evaluate(Dataset<Row> rows, Options options, String verdict, StepContext context) {
        ColumnName column = options.column();
        Column value = Columns.of(rows, column);
        DataType type = Columns.typeOf(rows, column);
        Column outside = type instanceof DoubleType || type instanceof FloatType ? value.isNaN() : functions.lit(false);
        if (options.min().isPresent()) {
            Column min = WrittenValue.literal(options.min().get(), rows, column);
            outside = outside.or(options.inclusive() ? value.lt(min) : value.leq(min));
        }
        if (options.max().isPresent()) {
            Column max = WrittenValue.literal(options.max().get(), rows, column);
            outside = outside.or(options.inclusive() ? value.gt(max) : value.geq(max));
        }
        return rows.withColumn(verdict, outside);
    }
}
