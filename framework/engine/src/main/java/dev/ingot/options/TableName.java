package dev.ingot.options;

import dev.ingot.diagnostics.SourceSpan;
import dev.ingot.names.TableId;
import java.util.Objects;

/** A table of this lake as named in a file, with its place. Naming one makes the pipeline depend on it. */
public record TableName(TableId id, SourceSpan span) {

    public TableName {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(span, "span");
    }

    @Override
    public String toString() {
        return id.toString();
    }
}
