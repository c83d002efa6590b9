package dev.ingot.options;

import dev.ingot.diagnostics.Diagnostics;
import dev.ingot.yaml.YamlNode;
import java.util.Optional;
import java.util.Set;

/** What values a text may refer to, and what they are. */
public interface ValueScope {

    /** A text with its {@code ${...}} references replaced; empty when one is wrong, which is then reported. */
    Optional<String> resolve(YamlNode.Scalar scalar, Diagnostics diagnostics);

    /**
     * The text of a file that a pipeline names, placed at the beginning of that file; empty when it cannot be had, which
     * is then reported.
     */
    Optional<YamlNode.Scalar> file(YamlNode.Scalar path, Diagnostics diagnostics);

    /** The names that expressions may use as {@code :name}. */
    Set<String> parameters();

    /** A scope without values: references are left as they are. */
    static ValueScope none() {
        return new ValueScope() {
            @Override
            public Optional<String> resolve(YamlNode.Scalar scalar, Diagnostics diagnostics) {
                return Optional.of(scalar.text());
            }

            @Override
            public Optional<YamlNode.Scalar> file(YamlNode.Scalar path, Diagnostics diagnostics) {
                return Optional.empty();
            }

            @Override
            public Set<String> parameters() {
                return Set.of();
            }
        };
    }
}
