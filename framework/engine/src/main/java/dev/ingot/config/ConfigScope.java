package dev.ingot.config;

import dev.ingot.diagnostics.Code;
import dev.ingot.diagnostics.Diagnostic;
import dev.ingot.diagnostics.Diagnostics;
import dev.ingot.options.ValueScope;
import dev.ingot.yaml.YamlNode;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Resolves references in the files of {@code conf/}: all kinds but variables, which these files define. */
record ConfigScope(Values values) implements ValueScope {

    ConfigScope(Map<String, String> processEnvironment, RunValues run) {
        this(new Values(Map.of(), processEnvironment, run));
    }

    @Override
    public Optional<String> resolve(YamlNode.Scalar scalar, Diagnostics diagnostics) {
        if (scalar.text().matches("(?s)(?:.*[^$])?\\$\\{var:.*")) {
            diagnostics.add(Diagnostic.error(
                    Code.CONF_REFERENCE,
                    scalar.span(),
                    "Cannot resolve '" + scalar.text() + "': this file defines variables, so it cannot use them",
                    "Use ${env:NAME}, or write the value itself."));
            return Optional.empty();
        }
        return values.resolve(scalar, diagnostics);
    }

    @Override
    public Optional<YamlNode.Scalar> file(YamlNode.Scalar path, Diagnostics diagnostics) {
        return values.file(path, diagnostics);
    }

    @Override
    public Set<String> parameters() {
        return Set.of();
    }
}
