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

/** What is wrong in the files of {@code conf/} though each value is of the type that is asked for. */
record ConfigCheck(Diagnostics diagnostics) {

    /** So many characters are hardly a word, which would be taken out of every message. */
    private static final int NO_WORD = 8;

    ConfigCheck {
        Objects.requireNonNull(diagnostics, "diagnostics");
    }

    /** Names that stand in paths, columns and generated files. */
    void names(ConfigFile<ProjectFile> project) {
        String called = project.content().name();
        if (called.codePoints().anyMatch(Character::isISOControl)) {
            diagnostics.add(Diagnostic.error(
                    Code.SPEC_NAME,
                    project.value("name"),
                    "Cannot use the project's name: it has a line break or another control character",
                    "Write it in one line."));
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
                        "Cannot use the layer name '" + name + "': it stands for what is not a table of this lake",
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
                                    "Cannot let the layer '" + name + "' read '" + read + "': there is no such layer",
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

    /** Secrets that stand where none may, that no scope has, or that are written out. */
    void secrets(ConfigFile<EnvironmentFile> here) {
        Map<String, SecretScope> scopes = here.content().secrets();
        here.content().spark().forEach((name, value) -> {
            if (value instanceof SecretText.Hidden hidden) {
                checkSecret(name, hidden.ref(), scopes, here.value("spark", name));
            } else {
                checkPlain(name, (SecretText.Plain) value, here.value("spark", name));
            }
        });
    }

    /** A value in plain text goes wherever the setting goes: job definitions, Spark's pages, logs. */
    private void checkPlain(String name, SecretText.Plain plain, SourceSpan place) {
        if (SparkSettings.looksSecret(name, plain)) {
            if (plain.text().length() >= NO_WORD) {
                // At least it is not printed.
                Redaction.register(plain.text());
            }
            diagnostics.add(Diagnostic.warning(
                    Code.CONF_SECRET_PLACE,
                    place,
                    "The value of '" + name
                            + "' looks like a secret, and stands in plain text wherever the setting goes",
                    "Keep it in a secret scope, and write ${secret:scope/key} here."));
        }
    }

    private void checkSecret(String name, SecretRef ref, Map<String, SecretScope> scopes, SourceSpan place) {
        if (!name.startsWith(SparkSettings.HADOOP)) {
            diagnostics.add(Diagnostic.error(
                    Code.CONF_SECRET_PLACE,
                    place,
                    "Cannot put the secret '" + ref.written() + "' into '" + name
                            + "': Spark keeps and shows the value of every setting, and asks for a secret nowhere",
                    Values.SECRETS_MAY_STAND));
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
