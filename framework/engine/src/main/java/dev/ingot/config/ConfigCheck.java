package dev.ingot.config;

import dev.ingot.diagnostics.Code;
import dev.ingot.diagnostics.Diagnostic;
import dev.ingot.diagnostics.Diagnostics;
import dev.ingot.diagnostics.SourceSpan;
import dev.ingot.names.TableId;
import dev.ingot.secrets.Redaction;
import dev.ingot.secrets.SecretRef;
import dev.ingot.secrets.SecretText;
import dev.ingot.yaml.YamlNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Checks in the files of {@code conf/} what the types of values do not ensure. */
record ConfigCheck(Diagnostics diagnostics) {

    /** The length from which a text is hardly an ordinary word, which redaction would remove from every message. */
    private static final int MIN_REDACTED_LENGTH = 8;

    ConfigCheck {
        Objects.requireNonNull(diagnostics, "diagnostics");
    }

    /** Checks the names that become parts of paths, columns and generated files. */
    void names(ConfigFile<ProjectFile> project) {
        String projectName = project.content().name();
        if (projectName.codePoints().anyMatch(Character::isISOControl)) {
            diagnostics.add(Diagnostic.error(
                    Code.SPEC_NAME,
                    project.value("name"),
                    "Cannot use the project's name: it has a line break or another control character",
                    "Write it on one line."));
        }
        Map<String, Layer> layers = project.content().layers();
        List<String> readable = new ArrayList<>(layers.keySet());
        readable.add(Layer.OUTSIDE);
        layers.forEach((name, layer) -> {
            checkName("layer", name, project.key("layers", name));
            if (name.equals(Layer.OUTSIDE)) {
                diagnostics.add(Diagnostic.error(
                        Code.SPEC_NAME,
                        project.key("layers", name),
                        "Cannot use the layer name '" + name
                                + "': it is reserved for sources that are not tables of this lake",
                        "Choose another name."));
            }
            layer.target()
                    .filter(target -> !(target instanceof YamlNode.Mapping))
                    .ifPresent(target -> diagnostics.add(Diagnostic.error(
                            Code.SPEC_TYPE,
                            target.span(),
                            "Cannot read the layer '" + name + "': 'target' must be a mapping, not " + target.kind(),
                            "")));
            layer.reads().stream()
                    .filter(read -> !readable.contains(read))
                    .forEach(read -> diagnostics.add(Diagnostic.error(
                                    Code.SPEC_VALUE,
                                    project.item(read, "layers", name, "reads"),
                                    "Cannot let the layer '" + name + "' read '" + read
                                            + "': no such layer is declared",
                                    "")
                            .accepting(readable, read)));
        });
        project.content()
                .variables()
                .keySet()
                .forEach(name -> checkName("variable", name, project.key(VariableResolver.SECTION, name)));
    }

    private void checkName(String kind, String name, SourceSpan place) {
        if (!TableId.NAME.matcher(name).matches()) {
            diagnostics.add(Diagnostic.error(
                    Code.SPEC_NAME, place, "Cannot use the " + kind + " name '" + name + "': " + TableId.RULE, ""));
        }
    }

    /** Checks the secrets: where one is allowed, whether its scope is declared, and that none is in plain text. */
    void secrets(ConfigFile<EnvironmentFile> environment) {
        Map<String, SecretScope> scopes = environment.content().secrets();
        environment.content().spark().forEach((name, value) -> {
            if (value instanceof SecretText.Hidden hidden) {
                checkSecret(name, hidden.ref(), scopes, environment.value("spark", name));
            } else {
                checkPlain(name, (SecretText.Plain) value, environment.value("spark", name));
            }
        });
    }

    /** Warns about a secret in plain text, which appears where the setting does: job definitions, Spark's UI, logs. */
    private void checkPlain(String name, SecretText.Plain plain, SourceSpan place) {
        if (SparkSettings.looksLikeSecret(name, plain)) {
            if (plain.text().length() >= MIN_REDACTED_LENGTH) {
                // At least Ingot does not print it.
                Redaction.register(plain.text());
            }
            diagnostics.add(Diagnostic.warning(
                    Code.CONF_SECRET_PLACE,
                    place,
                    "The value of '" + name
                            + "' looks like a secret, and appears in plain text wherever the setting does",
                    "Store it in a secret scope, and write ${secret:scope/key} here."));
        }
    }

    private void checkSecret(String name, SecretRef ref, Map<String, SecretScope> scopes, SourceSpan place) {
        if (!name.startsWith(SparkSettings.HADOOP)) {
            diagnostics.add(Diagnostic.error(
                    Code.CONF_SECRET_PLACE,
                    place,
                    "Cannot use the secret '" + ref.text() + "' in '" + name
                            + "': Spark stores and displays the value of every setting, and never resolves secrets",
                    Values.SECRETS_ALLOWED));
        }
        if (!scopes.containsKey(ref.scope())) {
            diagnostics.add(Diagnostic.error(
                            Code.CONF_REFERENCE,
                            place,
                            "Cannot resolve '" + ref + "': the environment has no secret scope '" + ref.scope() + "'",
                            "Declare it under 'secrets:'.")
                    .accepting(scopes.keySet(), ref.scope()));
        }
    }
}
