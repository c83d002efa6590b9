package dev.ingot.config;

import dev.ingot.diagnostics.Code;
import dev.ingot.diagnostics.Diagnostic;
import dev.ingot.diagnostics.Diagnostics;
import dev.ingot.diagnostics.SourceSpan;
import dev.ingot.names.TableId;
import dev.ingot.options.OptionsReader;
import dev.ingot.options.ValueScope;
import dev.ingot.secrets.SecretText;
import dev.ingot.yaml.YamlNode;
import dev.ingot.yaml.YamlReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Reads {@code conf/project.yml} and {@code conf/env/<environment>.yml} and settles every value. From low to high: the
 * declared default, the environment's file, the variable {@code INGOT_VAR_<NAME>}, {@code --var name=value}.
 */
public final class ProjectReader {

    static final String PROJECT_FILE = "conf/project.yml";

    private static final Map<String, Layer> DEFAULT_LAYERS = defaultLayers();

    private final Path root;
    private final Map<String, String> processEnvironment;
    private final Diagnostics diagnostics;

    /**
     * A reader of the project in a folder.
     *
     * @param processEnvironment environment variables, normally {@link System#getenv()}
     */
    public ProjectReader(Path root, Map<String, String> processEnvironment, Diagnostics diagnostics) {
        this.root = root.toAbsolutePath().normalize();
        this.processEnvironment = Map.copyOf(processEnvironment);
        this.diagnostics = Objects.requireNonNull(diagnostics, "diagnostics");
    }

    /**
     * The project in an environment; empty when something is wrong, which is then reported.
     *
     * @param overrides values given on the command line, by variable
     */
    public Optional<Project> read(String environment, Map<String, String> overrides, RunValues run) {
        if (!Files.isRegularFile(root.resolve(PROJECT_FILE))) {
            diagnostics.add(Diagnostic.error(
                    Code.CONF_PROJECT,
                    SourceSpan.of(PROJECT_FILE),
                    "Cannot find a project here: the folder has no " + PROJECT_FILE,
                    "Go to the project's folder, or name it with --project DIR."));
            return Optional.empty();
        }
        Values early = new Values(Map.of(), processEnvironment, run);
        Optional<ProjectFile> project = file(ProjectFile.class, PROJECT_FILE, "the project", early);
        Optional<String> environmentFile = environmentFile(environment);
        if (project.isEmpty() || environmentFile.isEmpty()) {
            return Optional.empty();
        }
        Map<String, Layer> layers =
                project.get().layers().isEmpty() ? DEFAULT_LAYERS : project.get().layers();
        checkLayers(layers);
        checkVariableNames(project.get().variables());
        Optional<EnvironmentFile> here =
                file(EnvironmentFile.class, environmentFile.get(), "the environment", early);
        if (here.isEmpty()) {
            return Optional.empty();
        }
        Map<String, Setting<Object>> variables =
                variables(project.get().variables(), here.get(), environmentFile.get(), overrides);
        List<Setting<?>> settings = settings(project.get(), here.get(), environment, environmentFile.get(), variables);
        return Optional.of(new Project(
                root,
                project.get().name(),
                environment,
                lake(here.get().lake()),
                layers,
                here.get().spark(),
                here.get().secrets(),
                new Values(variables, processEnvironment, run),
                settings));
    }

    private <R extends Record> Optional<R> file(Class<R> type, String name, String what, ValueScope scope) {
        List<YamlNode> documents = YamlReader.read(root.resolve(name), name, diagnostics);
        if (documents.isEmpty()) {
            if (!diagnostics.hasErrors()) {
                diagnostics.add(Diagnostic.error(
                        Code.SPEC_MISSING, SourceSpan.of(name), "Cannot read " + what + ": the file is empty", ""));
            }
            return Optional.empty();
        }
        return new OptionsReader(scope, diagnostics).read(type, documents.get(0), what);
    }

    private Optional<String> environmentFile(String environment) {
        String name = "conf/env/" + environment + ".yml";
        if (TableId.NAME.matcher(environment).matches() && Files.isRegularFile(root.resolve(name))) {
            return Optional.of(name);
        }
        diagnostics.add(Diagnostic.error(
                        Code.CONF_ENVIRONMENT,
                        SourceSpan.of("conf/env"),
                        "Cannot find the environment '" + environment + "': there is no " + name,
                        "")
                .accepting(environments(), environment));
        return Optional.empty();
    }

    private List<String> environments() {
        try (Stream<Path> files = Files.list(root.resolve("conf/env"))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".yml"))
                    .map(name -> name.substring(0, name.length() - 4))
                    .sorted()
                    .toList();
        } catch (IOException none) {
            return List.of();
        }
    }

    private void checkLayers(Map<String, Layer> layers) {
        List<String> known = new ArrayList<>(layers.keySet());
        known.add(Layer.OUTSIDE);
        layers.forEach((name, layer) -> {
            if (!TableId.NAME.matcher(name).matches() || name.equals(Layer.OUTSIDE)) {
                diagnostics.add(Diagnostic.error(
                        Code.SPEC_NAME,
                        SourceSpan.of(PROJECT_FILE),
                        "Cannot use the layer name '" + name + "': a name is lower-case letters, digits and '_'",
                        ""));
            }
            layer.reads().stream().filter(read -> !known.contains(read)).forEach(read -> diagnostics.add(
                    Diagnostic.error(
                                    Code.SPEC_VALUE,
                                    SourceSpan.of(PROJECT_FILE),
                                    "Cannot let the layer '" + name + "' read '" + read + "': there is no such layer",
                                    "")
                            .accepting(known, read)));
        });
    }

    private void checkVariableNames(Map<String, Variable> variables) {
        variables.keySet().stream()
                .filter(name -> !TableId.NAME.matcher(name).matches())
                .forEach(name -> diagnostics.add(Diagnostic.error(
                        Code.SPEC_NAME,
                        SourceSpan.of(PROJECT_FILE),
                        "Cannot use the variable name '" + name + "': a name is lower-case letters, digits and '_'",
                        "")));
    }

    private Map<String, Setting<Object>> variables(
            Map<String, Variable> declared, EnvironmentFile here, String file, Map<String, String> overrides) {
        refuseUndeclared(declared, here.variables(), SourceSpan.of(file));
        refuseUndeclared(declared, overrides, SourceSpan.of("--var"));
        Map<String, Setting<Object>> settled = new LinkedHashMap<>();
        declared.forEach((name, variable) -> {
            String fromProcess = "INGOT_VAR_" + name.toUpperCase(Locale.ROOT);
            Setting<String> text = overrides.containsKey(name)
                    ? new Setting<>(name, overrides.get(name), "--var")
                    : processEnvironment.containsKey(fromProcess)
                            ? new Setting<>(name, processEnvironment.get(fromProcess), fromProcess)
                            : here.variables().containsKey(name)
                                    ? new Setting<>(name, here.variables().get(name), file)
                                    : variable.default_()
                                            .map(value -> new Setting<>(name, value, PROJECT_FILE))
                                            .orElse(null);
            typed(name, variable, text).ifPresent(setting -> settled.put(name, setting));
        });
        return settled;
    }

    private Optional<Setting<Object>> typed(String name, Variable variable, Setting<String> text) {
        if (text == null) {
            diagnostics.add(Diagnostic.error(
                    Code.CONF_UNSET,
                    SourceSpan.of(PROJECT_FILE),
                    "Cannot give the variable '" + name + "' a value: it has no default and nothing sets it",
                    "Set it with --var " + name + "=..., INGOT_VAR_" + name.toUpperCase(Locale.ROOT)
                            + " or 'variables:' of the environment."));
            return Optional.empty();
        }
        Optional<Object> value = variable.type().parse(text.value());
        if (value.isEmpty()) {
            diagnostics.add(Diagnostic.error(
                    Code.CONF_VARIABLE,
                    SourceSpan.of(text.origin()),
                    "Cannot give the variable '" + name + "' the value '" + text.value() + "': it is not of type "
                            + variable.type().name().toLowerCase(Locale.ROOT),
                    ""));
        }
        return value.map(typed -> new Setting<>(name, typed, text.origin()));
    }

    private void refuseUndeclared(Map<String, Variable> declared, Map<String, String> given, SourceSpan place) {
        given.keySet().stream().filter(name -> !declared.containsKey(name)).forEach(name -> diagnostics.add(
                Diagnostic.error(
                                Code.CONF_VARIABLE,
                                place,
                                "Cannot set the variable '" + name + "': it is not declared in " + PROJECT_FILE,
                                "")
                        .accepting(declared.keySet(), name)));
    }

    private String lake(String written) {
        boolean address = written.matches("[a-zA-Z][a-zA-Z0-9+.-]*:/.*");
        String path = address ? written : root.resolve(written).normalize().toString();
        return path.endsWith("/") && path.length() > 1 ? path.substring(0, path.length() - 1) : path;
    }

    private List<Setting<?>> settings(
            ProjectFile project,
            EnvironmentFile here,
            String environment,
            String file,
            Map<String, Setting<Object>> variables) {
        List<Setting<?>> all = new ArrayList<>();
        all.add(new Setting<>("project", project.name(), PROJECT_FILE));
        all.add(new Setting<>("environment", environment, "--env"));
        all.add(new Setting<>("lake", lake(here.lake()), file));
        here.spark().forEach((name, value) -> all.add(new Setting<SecretText>(name, value, file)));
        here.secrets().forEach((name, scope) -> all.add(new Setting<>(
                "secrets." + name, scope.provider().name().toLowerCase(Locale.ROOT), file)));
        String layersFrom = project.layers().isEmpty() ? "built-in default" : PROJECT_FILE;
        (project.layers().isEmpty() ? DEFAULT_LAYERS : project.layers())
                .forEach((name, layer) ->
                        all.add(new Setting<>("layers." + name + ".reads", layer.reads(), layersFrom)));
        variables.values().forEach(setting ->
                all.add(new Setting<>("variables." + setting.name(), setting.value(), setting.origin())));
        return all;
    }

    private static Map<String, Layer> defaultLayers() {
        Map<String, Layer> layers = new LinkedHashMap<>();
        layers.put("bronze", new Layer(List.of(Layer.OUTSIDE), Optional.empty()));
        layers.put("silver", new Layer(List.of("bronze", "silver"), Optional.empty()));
        layers.put("gold", new Layer(List.of("silver", "gold"), Optional.empty()));
        return layers;
    }
}
