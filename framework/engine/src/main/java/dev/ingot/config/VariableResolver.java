package dev.ingot.config;

import dev.ingot.diagnostics.Code;
import dev.ingot.diagnostics.Diagnostic;
import dev.ingot.diagnostics.Diagnostics;
import dev.ingot.diagnostics.SourceSpan;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Settles the declared variables, each by the highest layer that gives it a value. */
final class VariableResolver {

    /** The key under which both files speak of variables. */
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

    private record Given(String text, SourceSpan place) {}

    /**
     * Every declared variable, in order. What is wrong is reported, and the variable is there all the same, so that its
     * users are not blamed.
     */
    Map<String, Setting<Object>> settle() {
        environment
                .content()
                .variables()
                .keySet()
                .forEach(name -> refuseUndeclared(name, environment.key(SECTION, name)));
        overrides.keySet().forEach(name -> refuseUndeclared(name, SourceSpan.of("--var")));
        Map<String, Setting<Object>> settled = new LinkedHashMap<>();
        project.content()
                .variables()
                .forEach((name, variable) -> settled.put(name, typed(name, variable.type(), given(name, variable))));
        return settled;
    }

    private Given given(String name, Variable variable) {
        String fromProcess = "INGOT_VAR_" + name.toUpperCase(Locale.ROOT);
        if (overrides.containsKey(name)) {
            return new Given(overrides.get(name), SourceSpan.of("--var"));
        }
        if (processEnvironment.containsKey(fromProcess)) {
            return new Given(processEnvironment.get(fromProcess), SourceSpan.of(fromProcess));
        }
        if (environment.content().variables().containsKey(name)) {
            return new Given(environment.content().variables().get(name), environment.value(SECTION, name));
        }
        if (variable.default_().isPresent()) {
            return new Given(variable.default_().get(), project.value(SECTION, name, "default"));
        }
        diagnostics.add(Diagnostic.error(
                Code.CONF_UNSET,
                project.key(SECTION, name),
                "Cannot give the variable '" + name + "' a value: it has no default and nothing sets it",
                "Set it with --var " + name + "=..., " + fromProcess + " or 'variables:' of the environment."));
        return new Given("", project.key(SECTION, name));
    }

    private Setting<Object> typed(String name, Variable.Type type, Given given) {
        Optional<Object> value = type.parse(given.text());
        if (value.isEmpty() && !given.text().isEmpty()) {
            diagnostics.add(Diagnostic.error(
                    Code.CONF_VARIABLE,
                    given.place(),
                    "Cannot give the variable '" + name + "' the value '" + given.text() + "': it is not of type "
                            + type.name().toLowerCase(Locale.ROOT),
                    "Write " + type.accepted() + "."));
        }
        return new Setting<>(name, value.orElse(given.text()), given.place().toString());
    }

    private void refuseUndeclared(String name, SourceSpan place) {
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
