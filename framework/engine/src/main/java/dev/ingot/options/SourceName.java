package dev.ingot.options;

import dev.ingot.diagnostics.SourceSpan;
import java.util.Objects;

/** The alias of one of the pipeline's own sources in a step, with its place. */
public record SourceName(String alias, SourceSpan span) {

    public SourceName {
        Objects.requireNonNull(alias, "alias");
        Objects.requireNonNull(span, "span");
    }

    @Override
    public String toString() {
        return alias;
    }
}
