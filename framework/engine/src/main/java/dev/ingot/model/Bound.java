package dev.ingot.model;

import dev.ingot.component.ComponentEntry;
import dev.ingot.diagnostics.SourceSpan;
import java.util.Objects;

/**
 * A component with its options and settings.
 *
 * @param <W> the settings that every component of this kind has
 * @param options the component's own options record
 */
public record Bound<W extends Record>(ComponentEntry component, Record options, W settings, SourceSpan span) {

    public Bound {
        Objects.requireNonNull(component, "component");
        Objects.requireNonNull(options, "options");
        Objects.requireNonNull(settings, "settings");
        Objects.requireNonNull(span, "span");
    }
}
