package dev.ingot.transform;

import dev.ingot.component.Named;
import dev.ingot.component.StepContext;
import dev.ingot.component.Transformation;
import dev.ingot.component.rows.Columns;
import dev.ingot.options.ColumnName;
import dev.ingot.options.Option;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Renames columns, all at once, so that two can swap their names. Every column keeps its position. */
@Named(value = "rename", summary = "Renames columns.", example = "rename: {magType: magnitude_type, net: network}")
public final class Rename implements Transformation<Rename.Options> {

    /** The columns with their new names. */
    public record Options(
            @Option(
                    description = "Current name to new name.",
                    example = "{magType: magnitude_type, net: network}",
                    inline = true,
                    required = true)
            Map<String, ColumnName> columns) {}

    @Override
    public Dataset<Row> apply(Dataset<Row> rows, Options options, StepContext context) {
        Map<String, ColumnName> names = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        options.columns().forEach((old, name) -> {
            ResultColumn.topLevel(rows, new ColumnName(old, name.span()));
            names.put(old, name);
        });
        return ResultColumn.select(
                rows,
                Stream.of(rows.columns())
                        .map(old -> column(old, names.get(old)))
                        .toList());
    }

    @Override
    public boolean keeps(String column, Options options) {
        return options.columns().entrySet().stream()
                .noneMatch(entry -> entry.getKey().equalsIgnoreCase(column)
                        || entry.getValue().name().equalsIgnoreCase(column));
    }

    private static ResultColumn column(String old, ColumnName name) {
        return name == null
                ? ResultColumn.unchanged(old)
                : new ResultColumn(name.name(), Columns.named(old), old, Optional.of(name.span()));
    }
}
