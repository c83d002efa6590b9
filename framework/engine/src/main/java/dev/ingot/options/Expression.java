package dev.ingot.options;

import dev.ingot.diagnostics.SourceSpan;
import java.util.Objects;

/** A Spark SQL expression or query as written, with its place. */
public record Expression(String text, SourceSpan span) {

    public Expression {
        Objects.requireNonNull(text, "text");
        Objects.requireNonNull(span, "span");
    }

    @Override
    public String toString() {
        return text;
    }
}
