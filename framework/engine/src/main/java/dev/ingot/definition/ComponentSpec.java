package dev.ingot.definition;

import dev.ingot.diagnostics.SourceSpan;
import dev.ingot.yaml.YamlNode;
import java.util.Objects;

/**
 * A source, step or check as written: its name, its options, and the mapping that contains both.
 *
 * @param options the value of the key that names the component
 * @param mapping the mapping, with the keys that all components of this kind have
 * @param span the place of the name
 */
public record ComponentSpec(String name, YamlNode options, YamlNode.Mapping mapping, SourceSpan span) {

    public ComponentSpec {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(options, "options");
        Objects.requireNonNull(mapping, "mapping");
        Objects.requireNonNull(span, "span");
    }
}
