package dev.ingot.transform;

import dev.ingot.component.Named;
import dev.ingot.component.StepContext;
import dev.ingot.component.Transformation;
import dev.ingot.options.ColumnName;
import dev.ingot.options.Option;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Drops columns. A column that does not exist is an error, unlike in Spark's {@code drop}. */
@Named(value = "drop", summary = "Drops columns.", example = "drop: [strongest, raw_text]")
public final class Drop implements Transformation<Drop.Options> {

    /** The columns to drop. */
    public record Options(
            @Option(
                    description = "The columns to drop.",
                    example = "[strongest, raw_text]",
                    inline = true,
                    required = true)
            List<ColumnName> columns) {}

    @Override
    public Dataset<Row> apply(Dataset<Row> rows, Options options, StepContext context) {
        options.columns().forEach(column -> ResultColumn.topLevel(rows, column));
        return rows.drop(ColumnName.names(options.columns()).toArray(String[]::new));
    }

    @Override
    public boolean keeps(String column, Options options) {
        return ColumnName.names(options.columns()).stream().noneMatch(column::equalsIgnoreCase);
    }
}
