package dev.ingot.config;

import dev.ingot.diagnostics.Code;
import dev.ingot.diagnostics.Diagnostic;
import dev.ingot.diagnostics.Diagnostics;
import dev.ingot.diagnostics.SourceSpan;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Resolves the declared variables, each from the source of highest precedence that sets it. */
final class VariableResolver {

    /** The key of variables in both files. */
    static final String SECTION = "variables";

    private final ConfigFile<ProjectFile> project;
    private final ConfigFile<EnvironmentFile> environment;
    private final Map<String, String> processEnvironment;
    private final Map<String, String> overrides;
    private final Diagnostics diagnostics;

    VariableResolver(
            ConfigFile<ProjectFile> project,
            ConfigFile<EnvironmentFile> environment,
            Map<String, String> processEnvironment,
            Map<String, String> overrides,
            Diagnostics diagnostics) {
        this.project = project;
        this.environment = environment;
        this.processEnvironment = processEnvironment;
        this.overrides = overrides;
        this.diagnostics = diagnostics;
    }

    private record RawValue(String text, SourceSpan place) {}

    /**
     * Returns every declared variable, in order. Reports errors, but still returns a variable with an error, so that
     * its uses are not reported as well.
     */
    Map<String, Setting<Object>> resolve() {
        environment
                .content()
                .variables()
                .keySet()
                .forEach(name -> reportUndeclared(name, environment.key(SECTION, name)));
        overrides.keySet().forEach(name -> reportUndeclared(name, SourceSpan.of("--var")));
        Map<String, Setting<Object>> resolved = new LinkedHashMap<>();
        project.content()
                .variables()
                .forEach(
                        (name, variable) -> resolved.put(name, typed(name, variable.type(), rawValue(name, variable))));
        return resolved;
    }

    private RawValue rawValue(String name, Variable variable) {
        String fromProcess = "INGOT_VAR_" + name.toUpperCase(Locale.ROOT);
        if (overrides.containsKey(name)) {
            return new RawValue(overrides.get(name), SourceSpan.of("--var"));
        }
        if (processEnvironment.containsKey(fromProcess)) {
            return new RawValue(processEnvironment.get(fromProcess), SourceSpan.of(fromProcess));
        }
        if (environment.content().variables().containsKey(name)) {
            return new RawValue(environment.content().variables().get(name), environment.value(SECTION, name));
        }
        if (variable.default_().isPresent()) {
            return new RawValue(variable.default_().get(), project.value(SECTION, name, "default"));
        }
        diagnostics.add(Diagnostic.error(
                Code.CONF_UNSET,
                project.key(SECTION, name),
                "Cannot resolve the variable '" + name + "': it has no default and is not set",
                "Set it with --var " + name + "=..., " + fromProcess + " or 'variables:' of the environment."));
        return new RawValue("", project.key(SECTION, name));
    }

    private Setting<Object> typed(String name, Variable.Type type, RawValue rawValue) {
        Optional<Object> value = type.parse(rawValue.text());
        if (value.isEmpty() && !rawValue.text().isEmpty()) {
            diagnostics.add(Diagnostic.error(
                    Code.CONF_VARIABLE,
                    rawValue.place(),
                    "Cannot set the variable '" + name + "' to '" + rawValue.text() + "': the value is not of type "
                            + type.name().toLowerCase(Locale.ROOT),
                    "Write " + type.accepted() + "."));
        }
        return new Setting<>(
                name, value.orElse(rawValue.text()), rawValue.place().toString());
    }

    private void reportUndeclared(String name, SourceSpan place) {
        Map<String, Variable> declared = project.content().variables();
        if (!declared.containsKey(name)) {
            diagnostics.add(Diagnostic.error(
                            Code.CONF_VARIABLE,
                            place,
                            "Cannot set the variable '" + name + "': it is not declared in "
                                    + ProjectReader.PROJECT_FILE,
                            "")
                    .accepting(declared.keySet(), name));
        }
    }
}
