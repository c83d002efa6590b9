package dev.ingot.options;

import dev.ingot.diagnostics.SourceSpan;
import java.util.List;
import java.util.Objects;

/** A column as named in a file, with its place. */
public record ColumnName(String name, SourceSpan span) {

    public ColumnName {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(span, "span");
    }

    /** The bare names of some columns. */
    public static List<String> names(List<ColumnName> columns) {
        return columns.stream().map(ColumnName::name).toList();
    }

    @Override
    public String toString() {
        return name;
    }
}
