package dev.ingot.options;

import dev.ingot.diagnostics.Code;
import dev.ingot.diagnostics.Diagnostic;
import dev.ingot.diagnostics.Diagnostics;
import dev.ingot.yaml.YamlNode;
import java.util.Optional;
import java.util.Set;

/** Resolves the references of texts and expressions to values and files. */
public interface ValueScope {

    /** Replaces the {@code ${...}} references of a text; returns empty, after reporting it, when one is wrong. */
    Optional<String> resolve(YamlNode.Scalar scalar, Diagnostics diagnostics);

    /**
     * Reads a file that a pipeline names, with the start of that file as place; returns empty, after reporting it, when
     * the file cannot be read.
     */
    Optional<YamlNode.Scalar> file(YamlNode.Scalar path, Diagnostics diagnostics);

    /** Returns the names that expressions may use as {@code :name}. */
    Set<String> parameters();

    /** Returns a scope without values and files, which leaves references unchanged. */
    static ValueScope none() {
        return new ValueScope() {
            @Override
            public Optional<String> resolve(YamlNode.Scalar scalar, Diagnostics diagnostics) {
                return Optional.of(scalar.text());
            }

            @Override
            public Optional<YamlNode.Scalar> file(YamlNode.Scalar path, Diagnostics diagnostics) {
                diagnostics.add(Diagnostic.error(
                        Code.SPEC_FILE,
                        path.span(),
                        "Cannot read the file '" + path + "': files cannot be used here",
                        ""));
                return Optional.empty();
            }

            @Override
            public Set<String> parameters() {
                return Set.of();
            }
        };
    }
}
