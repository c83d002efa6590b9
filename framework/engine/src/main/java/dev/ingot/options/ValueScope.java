package dev.ingot.options;

import dev.ingot.diagnostics.Code;
import dev.ingot.diagnostics.Diagnostic;
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

    /** A scope without values and files: references are left as they are. */
    static ValueScope none() {
        return new ValueScope() {
            @Override
            public Optional<String> resolve(YamlNode.Scalar scalar, Diagnostics diagnostics) {
                return Optional.of(scalar.text());
            }

            @Override
            public Optional<YamlNode.Scalar> file(YamlNode.Scalar path, Diagnostics diagnostics) {
                diagnostics.add(Diagnostic.error(
                        Code.SPEC_FILE, path.span(), "Cannot read the file '" + path + "': no file is known here", ""));
                return Optional.empty();
            }

            @Override
            public Set<String> parameters() {
                return Set.of();
            }
        };
    }
}
