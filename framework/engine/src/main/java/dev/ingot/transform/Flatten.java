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
 * Opens structs: their fields become columns in the struct's place, called {@code struct_field}, or just {@code field}
 * where {@code prefix} is false. The fields of a null struct are null. Arrays stay as they are.
 */
@Named(
        value = "flatten",
        summary = "Opens structs: their fields become columns.",
        example = "flatten: {columns: [properties], prefix: false}")
public final class Flatten implements Transformation<Flatten.Options> {

    /** What to open, how far, and what comes out. */
    public record Options(
            @Option(
                    description = "The structs to open; without it all of them.",
                    example = "[properties]",
                    inline = true)
            List<ColumnName> columns,

            @Option(
                    description = "How many levels of structs within structs to open.",
                    example = "2",
                    defaultValue = "1")
            int depth,

            @Option(
                    description = "Whether a field's column begins with the name of its struct.",
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
        List<ResultColumn> opened = Stream.of(rows.schema().fields())
                .flatMap(field -> {
                    ResultColumn column = new ResultColumn(
                            field.name(),
                            Columns.named(field.name()),
                            field.name(),
                            Optional.ofNullable(places.get(field.name())));
                    boolean open = options.columns().isEmpty() || places.containsKey(field.name());
                    return open && field.dataType() instanceof StructType struct
                            ? open(column, struct, options.depth(), options).stream()
                            : Stream.of(column);
                })
                .toList();
        return ResultColumn.select(rows, opened);
    }

    @Override
    public boolean keeps(String column, Options options) {
        return true;
    }

    private static List<ResultColumn> open(ResultColumn parent, StructType struct, int depth, Options options) {
        List<ResultColumn> opened = new ArrayList<>();
        for (StructField field : struct.fields()) {
            ResultColumn child = new ResultColumn(
                    options.prefix() ? parent.name() + "_" + field.name() : field.name(),
                    parent.value().getField(field.name()),
                    parent.origin() + "." + field.name(),
                    parent.place());
            if (depth > 1 && field.dataType() instanceof StructType inner) {
                opened.addAll(open(child, inner, depth - 1, options));
            } else {
                opened.add(child);
            }
        }
        return opened;
    }

    private static void requireStruct(StructField field, ColumnName column) {
        if (!(field.dataType() instanceof StructType)) {
            throw Analysis.failure(
                    column.span(),
                    "'" + column + "' is no struct but of type "
                            + field.dataType().catalogString());
        }
    }
}
