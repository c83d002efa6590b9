package dev.ingot.config;

import dev.ingot.diagnostics.Code;
import dev.ingot.diagnostics.Diagnostic;
import dev.ingot.diagnostics.Diagnostics;
import dev.ingot.options.ValueScope;
import dev.ingot.yaml.YamlNode;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Resolves the references of texts and expressions: {@code ${var:}}, {@code ${env:}} and {@code ${run:}} in texts,
 * {@code :run_date} or {@code :var_name} in expressions. {@code $${} is a literal {@code ${}.
 */
public final class Values implements ValueScope {

    static final String SECRETS_ALLOWED =
            "A secret is only allowed as the whole value of 'spark.hadoop.<name>' under 'spark:' of an environment"
                    + " file, where <name> is a password that Hadoop looks up, such as fs.s3a.secret.key.";

    private static final List<String> KINDS = List.of("var", "env", "run", "secret");

    private final Map<String, Setting<Object>> variables;
    private final Map<String, String> environment;
    private final RunValues run;
    private final Map<String, Object> parameters;

    /**
     * Creates the values of one run.
     *
     * @param environment the process's environment variables
     */
    public Values(Map<String, Setting<Object>> variables, Map<String, String> environment, RunValues run) {
        this.variables = Collections.unmodifiableMap(new LinkedHashMap<>(variables));
        this.environment = Map.copyOf(environment);
        this.run = Objects.requireNonNull(run, "run");
        Map<String, Object> named = new LinkedHashMap<>();
        named.put("run_id", run.id());
        named.put("run_date", run.date());
        named.put("run_started_at", run.startedAt());
        variables.forEach((name, setting) -> named.put("var_" + name, setting.value()));
        this.parameters = Collections.unmodifiableMap(named);
    }

    /** Returns the same variables with the values of another run, for a replayed batch. */
    public Values forRun(RunValues other) {
        return new Values(variables, environment, other);
    }

    public RunValues run() {
        return run;
    }

    /** Returns the effective variables, in the order of their declaration. */
    public Map<String, Setting<Object>> variables() {
        return variables;
    }

    /** Returns the parameters of expressions by name: text, whole numbers, numbers, booleans, dates and instants. */
    public Map<String, Object> parameterValues() {
        return parameters;
    }

    @Override
    public Optional<YamlNode.Scalar> file(YamlNode.Scalar path, Diagnostics diagnostics) {
        return ValueScope.none().file(path, diagnostics);
    }

    @Override
    public Set<String> parameters() {
        return parameters.keySet();
    }

    @Override
    public Optional<String> resolve(YamlNode.Scalar scalar, Diagnostics diagnostics) {
        String text = scalar.text();
        if (!text.contains("${")) {
            return Optional.of(text);
        }
        StringBuilder resolved = new StringBuilder();
        int at = 0;
        while (true) {
            int start = text.indexOf("${", at);
            if (start < 0) {
                return Optional.of(resolved.append(text, at, text.length()).toString());
            }
            if (start > 0 && text.charAt(start - 1) == '$') {
                resolved.append(text, at, start - 1).append("${");
                at = start + 2;
                continue;
            }
            int end = text.indexOf('}', start);
            if (end < 0) {
                diagnostics.add(Diagnostic.error(
                        Code.CONF_REFERENCE,
                        scalar.span(),
                        "Cannot resolve '" + text.substring(start) + "': the brace is not closed",
                        "Write '$${' for a literal '${'."));
                return Optional.empty();
            }
            Optional<String> value = lookUp(text.substring(start + 2, end), scalar, diagnostics);
            if (value.isEmpty()) {
                return Optional.empty();
            }
            resolved.append(text, at, start).append(value.get());
            at = end + 1;
        }
    }

    private Optional<String> lookUp(String reference, YamlNode.Scalar scalar, Diagnostics diagnostics) {
        int colon = reference.indexOf(':');
        if (colon < 0) {
            diagnostics.add(Diagnostic.error(
                    Code.CONF_REFERENCE,
                    scalar.span(),
                    "Cannot resolve '${" + reference + "}': the kind of value is missing",
                    "Write ${var:" + reference + "} for a variable, and '$${' for a literal '${'."));
            return Optional.empty();
        }
        String kind = reference.substring(0, colon);
        String name = reference.substring(colon + 1);
        return switch (kind) {
            case "var" -> variable(name, scalar, diagnostics);
            case "env" -> fromEnvironment(name, scalar, diagnostics);
            case "run" -> fromRun(name, scalar, diagnostics);
            case "secret" -> {
                diagnostics.add(Diagnostic.error(
                        Code.CONF_SECRET_PLACE,
                        scalar.span(),
                        "Cannot use the secret '" + name + "' here: this field may be printed",
                        SECRETS_ALLOWED));
                yield Optional.empty();
            }
            default -> {
                diagnostics.add(Diagnostic.error(
                                Code.CONF_REFERENCE,
                                scalar.span(),
                                "Cannot resolve '${" + reference + "}': there is no kind of value '" + kind + "'",
                                "Write '$${' for a literal '${'.")
                        .accepting(KINDS, kind));
                yield Optional.empty();
            }
        };
    }

    private Optional<String> variable(String name, YamlNode.Scalar scalar, Diagnostics diagnostics) {
        Setting<Object> setting = variables.get(name);
        if (setting == null) {
            diagnostics.add(Diagnostic.error(
                            Code.CONF_VARIABLE,
                            scalar.span(),
                            "Cannot resolve '${var:" + name + "}': no such variable is declared",
                            "Declare it under 'variables:' in conf/project.yml.")
                    .accepting(variables.keySet(), name));
            return Optional.empty();
        }
        return Optional.of(setting.value().toString());
    }

    private Optional<String> fromEnvironment(String name, YamlNode.Scalar scalar, Diagnostics diagnostics) {
        String value = environment.get(name);
        if (value == null) {
            diagnostics.add(Diagnostic.error(
                    Code.CONF_UNSET,
                    scalar.span(),
                    "Cannot resolve '${env:" + name + "}': the environment variable is not set",
                    "Set " + name + " before running the command."));
        }
        return Optional.ofNullable(value);
    }

    private Optional<String> fromRun(String name, YamlNode.Scalar scalar, Diagnostics diagnostics) {
        Map<String, String> available = new LinkedHashMap<>();
        available.put("id", run.id());
        available.put("date", run.date().toString());
        available.put("started_at", run.startedAt().toString());
        if (!available.containsKey(name)) {
            diagnostics.add(Diagnostic.error(
                            Code.CONF_REFERENCE,
                            scalar.span(),
                            "Cannot resolve '${run:" + name + "}': a run has no such value",
                            "")
                    .accepting(available.keySet(), name));
        }
        return Optional.ofNullable(available.get(name));
    }
}
