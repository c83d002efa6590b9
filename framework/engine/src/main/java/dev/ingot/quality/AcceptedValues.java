package dev.ingot.quality;

import dev.ingot.component.Named;
import dev.ingot.component.RowCheck;
import dev.ingot.component.StepContext;
import dev.ingot.component.Trait;
import dev.ingot.component.rows.Columns;
import dev.ingot.options.ColumnName;
import dev.ingot.options.Option;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/** Checks that a column has one of the listed values. Null passes; {@code not_null} rejects it. */
@Named(
        value = "accepted_values",
        summary = "The column has one of the listed values, or none (null).",
        example = "accepted_values: {column: status, values: [automatic, reviewed]}",
        traits = Trait.ROW_RULE)
public final class AcceptedValues implements RowCheck<AcceptedValues.Options> {

    /** The column and its accepted values. */
    public record Options(
            @Option(description = "The column.", example = "status")
            ColumnName column,

            @Option(
                    description = "The values: text, number, true, false, date or time (UTC).",
                    example = "[automatic, reviewed]",
                    required = true)
            List<String> values,

            @Option(description = "Whether to ignore upper and lower case.", example = "true", defaultValue = "false")
            boolean ignoreCase) {}

    @Override
    public Dataset<Row> evaluate(Dataset<Row> rows, Options options, String verdict, StepContext context) {
        Column value = folded(Columns.of(rows, options.column()), options);
        Object[] accepted = options.values().stream()
                .map(text -> folded(WrittenValue.literal(text, rows, options.column()), options))
                .toArray();
        return rows.withColumn(verdict, functions.not(value.isin(accepted)));
    }

    private static Column folded(Column value, Options options) {
        return options.ignoreCase() ? functions.lower(value.cast("string")) : value;
    }
}
