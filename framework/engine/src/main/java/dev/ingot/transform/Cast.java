package dev.ingot.transform;

import dev.ingot.component.Named;
import dev.ingot.component.StepContext;
import dev.ingot.component.Trait;
import dev.ingot.component.Transformation;
import dev.ingot.component.rows.Analysis;
import dev.ingot.component.rows.Columns;
import dev.ingot.options.ColumnName;
import dev.ingot.options.Expression;
import dev.ingot.options.Option;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructField;

/**
 * Casts columns to other types, strictly: a row with a value that its new type cannot hold violates the rule
 * {@code type} and is diverted with the original value. Spark's ANSI mode decides what a type can hold: {@code '1.5'}
 * is not an int, while the number 1.5 loses its fraction. The same applies within arrays, maps and structs; struct
 * fields are matched by position.
 */
@Named(
        value = "cast",
        summary = "Casts columns to other types; a row with a value that does not fit violates the rule 'type'.",
        example = "cast: {delay: int, departed_at: timestamp}",
        traits = Trait.DIVERTS)
public final class Cast implements Transformation<Cast.Options> {

    /** The rule violated by a value that does not fit its new type. */
    static final String RULE = "type";

    /** The columns with their new types. */
    public record Options(
            @Option(
                    description = "Column name to Spark SQL type.",
                    example = "{delay: int, departed_at: timestamp}",
                    inline = true,
                    required = true)
            Map<String, Expression> columns) {}

    @Override
    public Dataset<Row> apply(Dataset<Row> rows, Options options, StepContext context) {
        Map<String, Column> casts = new LinkedHashMap<>();
        List<String> misfits = new ArrayList<>();
        options.columns().forEach((name, newType) -> {
            StructField field = ResultColumn.topLevel(rows, new ColumnName(name, newType.span()));
            String value = Columns.quoted(field.name());
            DataType type = Analysis.at(newType.span(), () -> DataType.fromDDL(newType.text()));
            Column cast = functions.expr(StrictCast.tryCast(value, type));
            Analysis.at(newType.span(), () -> rows.select(cast));
            casts.put(field.name(), cast);
            misfits.add(StrictCast.misfit(value, field.dataType(), type));
        });
        Dataset<Row> castable = context.divert(rows, functions.expr(String.join(" OR ", misfits)), RULE);
        return ResultColumn.select(
                castable,
                Stream.of(rows.columns())
                        .map(name -> new ResultColumn(
                                name, casts.getOrDefault(name, Columns.named(name)), name, Optional.empty()))
                        .toList());
    }

    @Override
    public boolean keeps(String column, Options options) {
        return options.columns().keySet().stream().noneMatch(column::equalsIgnoreCase);
    }
}
