package dev.ingot.options;

import dev.ingot.diagnostics.SourceSpan;
import dev.ingot.names.TableId;
import java.util.Objects;

/** The name of a table of this lake in a file, with its place. It makes the pipeline depend on that table. */
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
