package dev.ingot.definition;

import dev.ingot.diagnostics.SourceSpan;
import dev.ingot.yaml.YamlNode;
import java.util.Objects;

/**
 * A source, step or rule as written: the word that names it, its options, and the mapping in which both stand.
 *
 * @param options what stands under the word
 * @param mapping the mapping, with the words common to all parts of this kind
 * @param span the place of the word
 */
public record ComponentSpec(String name, YamlNode options, YamlNode.Mapping mapping, SourceSpan span) {

    public ComponentSpec {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(options, "options");
        Objects.requireNonNull(mapping, "mapping");
        Objects.requireNonNull(span, "span");
    }
}
