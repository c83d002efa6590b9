package dev.ingot.model;

import dev.ingot.component.ComponentEntry;
import dev.ingot.diagnostics.SourceSpan;
import java.util.Objects;

/**
 * A component with the options that a user gave it.
 *
 * @param <W> the words that stand beside components of this kind
 * @param options the component's own record
 */
public record Bound<W extends Record>(ComponentEntry component, Record options, W words, SourceSpan span) {

    public Bound {
        Objects.requireNonNull(component, "component");
        Objects.requireNonNull(options, "options");
        Objects.requireNonNull(words, "words");
        Objects.requireNonNull(span, "span");
    }
}
