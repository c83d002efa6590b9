package dev.ingot.transform;

import dev.ingot.component.Named;
import dev.ingot.component.StepContext;
import dev.ingot.component.Transformation;
import dev.ingot.component.rows.Analysis;
import dev.ingot.component.rows.Columns;
import dev.ingot.diagnostics.SourceSpan;
import dev.ingot.options.ColumnName;
import dev.ingot.options.Option;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Flattens structs: their fields become columns in the struct's place, named {@code struct_field}, or just
 * {@code field} if {@code prefix} is false. The fields of a null struct are null. Arrays are not changed.
 */
@Named(
        value = "flatten",
        summary = "Flattens structs: their fields become columns.",
        example = "flatten: {columns: [properties], prefix: false}")
public final class Flatten implements Transformation<Flatten.Options> {

    /** The structs, how many levels to flatten, and how to name the columns. */
    public record Options(
            @Option(description = "The structs to flatten; default: all.", example = "[properties]", inline = true)
            List<ColumnName> columns,

            @Option(description = "How many levels of nested structs to flatten.", example = "2", defaultValue = "1")
            int depth,

            @Option(
                    description = "Whether a field's column name starts with the name of its struct.",
                    example = "false",
                    defaultValue = "true")
            boolean prefix) {
        public Options {
            if (depth < 1) {
                throw new IllegalArgumentException("'depth' must be at least 1, not " + depth);
            }
        }
    }

    @Override
    public Dataset<Row> apply(Dataset<Row> rows, Options options, StepContext context) {
        Map<String, SourceSpan> places = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        options.columns().forEach(column -> {
            requireStruct(ResultColumn.topLevel(rows, column), column);
            places.put(column.name(), column.span());
        });
        List<ResultColumn> flattened = Stream.of(rows.schema().fields())
                .flatMap(field -> {
                    ResultColumn column = new ResultColumn(
                            field.name(),
                            Columns.named(field.name()),
                            field.name(),
                            Optional.ofNullable(places.get(field.name())));
                    boolean flatten = options.columns().isEmpty() || places.containsKey(field.name());
                    return flatten && field.dataType() instanceof StructType struct
                            ? flattened(column, struct, options.depth(), options).stream()
                            : Stream.of(column);
                })
                .toList();
        return ResultColumn.select(rows, flattened);
    }

    @Override
    public boolean keeps(String column, Options options) {
        return true;
    }

    private static List<ResultColumn> flattened(ResultColumn parent, StructType struct, int depth, Options options) {
        List<ResultColumn> flattened = new ArrayList<>();
        for (StructField field : struct.fields()) {
            ResultColumn child = new ResultColumn(
                    options.prefix() ? parent.name() + "_" + field.name() : field.name(),
                    parent.value().getField(field.name()),
                    parent.origin() + "." + field.name(),
                    parent.place());
            if (depth > 1 && field.dataType() instanceof StructType inner) {
                flattened.addAll(flattened(child, inner, depth - 1, options));
            } else {
                flattened.add(child);
            }
        }
        return flattened;
    }

    private static void requireStruct(StructField field, ColumnName column) {
        if (!(field.dataType() instanceof StructType)) {
            throw Analysis.failure(
                    column.span(),
                    "'" + column + "' is not a struct but of type "
                            + field.dataType().catalogString());
        }
    }
}
