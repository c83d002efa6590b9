package dev.ingot.transform;

import dev.ingot.component.Named;
import dev.ingot.component.StepContext;
import dev.ingot.component.Transformation;
import dev.ingot.component.rows.Columns;
import dev.ingot.component.rows.TechnicalColumns;
import dev.ingot.options.Expression;
import dev.ingot.options.Option;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Selects the listed columns, in this order. A field of a struct keeps its own name: {@code payload.id} becomes
 * {@code id}. The technical column {@code _source_file} is kept where it exists, so that the origin of a row is never
 * lost.
 */
@Named(
        value = "select",
        summary = "Selects the listed columns, in this order, and _source_file where it exists.",
        example = "select: [flight_id, payload.airline, origin || destination AS route]")
public final class Select implements Transformation<Select.Options> {

    /** The columns to select. */
    public record Options(
            @Option(
                    description = "Columns, fields of structs, or Spark SQL expressions with AS and a name.",
                    example = "[flight_id, payload.airline, origin || destination AS route]",
                    inline = true,
                    required = true)
            List<Expression> columns) {}

    @Override
    public Dataset<Row> apply(Dataset<Row> rows, Options options, StepContext context) {
        List<ResultColumn> columns = new ArrayList<>(SelectList.of(rows, options.columns(), context));
        boolean named =
                columns.stream().anyMatch(column -> column.name().equalsIgnoreCase(TechnicalColumns.SOURCE_FILE));
        if (!named && Columns.has(rows, TechnicalColumns.SOURCE_FILE)) {
            columns.add(ResultColumn.unchanged(TechnicalColumns.SOURCE_FILE));
        }
        return ResultColumn.select(rows, columns);
    }

    @Override
    public boolean keeps(String column, Options options) {
        return options.columns().stream()
                .map(expression -> expression.text().strip())
                .anyMatch(text -> text.equals("*") || text.equalsIgnoreCase(column));
    }
}
