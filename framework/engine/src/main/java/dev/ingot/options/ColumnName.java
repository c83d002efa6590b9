package dev.ingot.options;

import dev.ingot.diagnostics.SourceSpan;
import java.util.List;
import java.util.Objects;

/** The name of a column in a file, with its place. */
public record ColumnName(String name, SourceSpan span) {

    public ColumnName {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(span, "span");
    }

    /** Returns the names of columns without their places. */
    public static List<String> names(List<ColumnName> columns) {
        return columns.stream().map(ColumnName::name).toList();
    }

    @Override
    public String toString() {
        return name;
    }
}
