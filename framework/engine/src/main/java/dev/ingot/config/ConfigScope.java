package dev.ingot.config;

import dev.ingot.diagnostics.Code;
import dev.ingot.diagnostics.Diagnostic;
import dev.ingot.diagnostics.Diagnostics;
import dev.ingot.options.ValueScope;
import dev.ingot.yaml.YamlNode;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What the files of the project itself may refer to: all but the variables, which they are there to settle. */
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
                    "Cannot resolve '" + scalar.text() + "': variables get their values here, so none can be used",
                    "Use ${env:NAME}, or set the value where it is needed."));
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
