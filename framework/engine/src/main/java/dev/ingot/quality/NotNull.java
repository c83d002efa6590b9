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

/** Checks that every listed column has a value. */
@Named(
        value = "not_null",
        summary = "None of the columns is null.",
        example = "not_null: [flight_id, origin]",
        traits = Trait.ROW_RULE)
public final class NotNull implements RowCheck<NotNull.Options> {

    /** The columns that must not be null. */
    public record Options(
            @Option(
                    description = "The columns that must not be null.",
                    example = "[flight_id, origin]",
                    inline = true,
                    required = true)
            List<ColumnName> columns) {}

    @Override
    public Dataset<Row> evaluate(Dataset<Row> rows, Options options, String verdict, StepContext context) {
        Column missing = functions.lit(false);
        for (ColumnName column : options.columns()) {
            missing = missing.or(Columns.of(rows, column).isNull());
        }
        return rows.withColumn(verdict, missing);
    }
}
