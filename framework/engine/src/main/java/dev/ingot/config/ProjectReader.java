package dev.ingot.config;

import dev.ingot.diagnostics.Code;
import dev.ingot.diagnostics.Diagnostic;
import dev.ingot.diagnostics.Diagnostics;
import dev.ingot.diagnostics.SourceSpan;
import dev.ingot.names.Address;
import dev.ingot.options.OptionsReader;
import dev.ingot.options.RecordShape;
import dev.ingot.release.ProjectFiles;
import dev.ingot.release.Release;
import dev.ingot.secrets.SecretText;
import dev.ingot.yaml.YamlNode;
import dev.ingot.yaml.YamlReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Reads {@code conf/project.yml} and {@code conf/env/<environment>.yml} and resolves every value. Precedence, lowest
 * first: the declared default, the environment's file, the variable {@code INGOT_VAR_<NAME>}, {@code --var name=value}.
 */
public final class ProjectReader {

    static final String PROJECT_FILE = ProjectFiles.PROJECT_FILE;
    private static final String ENVIRONMENTS = "conf/env";
    private static final Pattern ENVIRONMENT = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,99}");

    private static final Map<String, Layer> DEFAULT_LAYERS = defaultLayers();

    private final Path root;
    private final Map<String, String> processEnvironment;
    private final Diagnostics diagnostics;

    /**
     * Creates a reader of the project in a folder.
     *
     * @param processEnvironment environment variables, normally {@link System#getenv()}
     */
    public ProjectReader(Path root, Map<String, String> processEnvironment, Diagnostics diagnostics) {
        this.root = root.toAbsolutePath().normalize();
        this.processEnvironment = Map.copyOf(processEnvironment);
        this.diagnostics = Objects.requireNonNull(diagnostics, "diagnostics");
    }

    /**
     * Reads the project in an environment; returns empty, after reporting the errors, when something is wrong.
     *
     * @param overrides values given on the command line, by variable
     */
    public Optional<Project> read(String environment, Map<String, String> overrides, RunValues run) {
        if (!Files.isRegularFile(root.resolve(PROJECT_FILE))) {
            diagnostics.add(Diagnostic.error(
                    Code.CONF_PROJECT,
                    SourceSpan.of(PROJECT_FILE),
                    "Cannot find a project: the folder has no " + PROJECT_FILE,
                    "Change to the project's folder, or pass it with --project DIR."));
            return Optional.empty();
        }
        OptionsReader reader = new OptionsReader(new ConfigScope(processEnvironment, run), diagnostics);
        Optional<ConfigFile<ProjectFile>> project = file(ProjectFile.class, PROJECT_FILE, "the project", reader);
        ConfigCheck check = new ConfigCheck(diagnostics);
        project.ifPresent(check::names);
        Optional<ConfigFile<EnvironmentFile>> environmentFile = environmentFile(environment)
                .flatMap(name -> file(EnvironmentFile.class, name, "the environment", reader));
        environmentFile.ifPresent(check::secrets);
        return project.isPresent() && environmentFile.isPresent()
                ? Optional.of(resolve(project.get(), environmentFile.get(), environment, overrides, run))
                : Optional.empty();
    }

    private Project resolve(
            ConfigFile<ProjectFile> project,
            ConfigFile<EnvironmentFile> environmentFile,
            String environment,
            Map<String, String> overrides,
            RunValues run) {
        Map<String, Setting<Object>> variables =
                new VariableResolver(project, environmentFile, processEnvironment, overrides, diagnostics).resolve();
        return new Project(
                root,
                release(),
                project.content().name(),
                environment,
                lake(environmentFile.content().lake()),
                layers(project.content()),
                environmentFile.content().spark(),
                environmentFile.content().secrets(),
                environmentFile.content().deploy(),
                new Values(variables, processEnvironment, run),
                settings(project, environmentFile, environment, variables));
    }

    private <R extends Record> Optional<ConfigFile<R>> file(
            Class<R> type, String name, String what, OptionsReader reader) {
        long errorsBefore = diagnostics.errorCount();
        List<YamlNode> documents = YamlReader.read(root.resolve(name), name, diagnostics);
        if (documents.isEmpty()) {
            if (diagnostics.errorCount() == errorsBefore) {
                diagnostics.add(Diagnostic.error(
                        Code.SPEC_MISSING,
                        SourceSpan.of(name),
                        "Cannot read " + what + ": the file is empty",
                        "Start with '" + RecordShape.of(type).fields().get(0).name() + ":'."));
            }
            return Optional.empty();
        }
        if (documents.size() > 1) {
            diagnostics.add(Diagnostic.error(
                    Code.SPEC_CONFLICT,
                    documents.get(1).span(),
                    "Cannot read " + what + ": the file has " + documents.size()
                            + " documents, and only one is allowed",
                    "Remove the '---' between them."));
        }
        YamlNode document = documents.get(0);
        return reader.read(type, document, what).map(content -> new ConfigFile<>(name, content, document));
    }

    private Optional<String> environmentFile(String environment) {
        String name = ENVIRONMENTS + "/" + environment + ".yml";
        if (ENVIRONMENT.matcher(environment).matches() && Files.isRegularFile(root.resolve(name))) {
            return Optional.of(name);
        }
        diagnostics.add(Diagnostic.error(
                        Code.CONF_ENVIRONMENT,
                        SourceSpan.of("--env"),
                        "Cannot find the environment '" + environment + "': there is no " + name,
                        "")
                .accepting(environments(), environment));
        return Optional.empty();
    }

    private List<String> environments() {
        try (Stream<Path> files = Files.list(root.resolve(ENVIRONMENTS))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".yml"))
                    .map(name -> name.substring(0, name.length() - 4))
                    .filter(name -> ENVIRONMENT.matcher(name).matches())
                    .sorted()
                    .toList();
        } catch (IOException none) {
            return List.of();
        }
    }

    private static Map<String, Layer> layers(ProjectFile project) {
        return project.layers().isEmpty() ? DEFAULT_LAYERS : project.layers();
    }

    /** Reads the name of the release from the folder of an unpacked one. */
    private Optional<String> release() {
        Path nameFile = root.resolve(Release.NAME_FILE);
        try {
            return Files.isRegularFile(nameFile)
                    ? Optional.of(Files.readString(nameFile).strip())
                    : Optional.empty();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static boolean isAddress(String address) {
        return Address.hasScheme(address);
    }

    private String lake(String address) {
        String path =
                isAddress(address) ? address : root.resolve(address).normalize().toString();
        return path.endsWith("/") && path.length() > 1 ? path.substring(0, path.length() - 1) : path;
    }

    private List<Setting<?>> settings(
            ConfigFile<ProjectFile> project,
            ConfigFile<EnvironmentFile> environmentFile,
            String environment,
            Map<String, Setting<Object>> variables) {
        List<Setting<?>> all = new ArrayList<>();
        all.add(new Setting<>("project", project.content().name(), place(project.value("name"))));
        all.add(new Setting<>("environment", environment, "--env"));
        all.add(new Setting<>("lake", lake(environmentFile.content().lake()), place(environmentFile.value("lake"))));
        environmentFile
                .content()
                .spark()
                .forEach((name, value) ->
                        all.add(new Setting<SecretText>(name, value, place(environmentFile.value("spark", name)))));
        environmentFile
                .content()
                .secrets()
                .forEach((name, scope) -> all.add(new Setting<>(
                        "secrets." + name,
                        scope.provider().toString(),
                        place(environmentFile.value("secrets", name)))));
        boolean isDefault = project.content().layers().isEmpty();
        layers(project.content())
                .forEach((name, layer) -> all.add(new Setting<>(
                        "layers." + name + ".reads",
                        layer.reads(),
                        isDefault ? "built-in default" : place(project.value("layers", name, "reads")))));
        variables
                .values()
                .forEach(setting ->
                        all.add(new Setting<>("variables." + setting.name(), setting.value(), setting.origin())));
        return all;
    }

    private static String place(SourceSpan span) {
        return span.toString();
    }

    private static Map<String, Layer> defaultLayers() {
        Map<String, Layer> layers = new LinkedHashMap<>();
        layers.put("bronze", new Layer(List.of(Layer.OUTSIDE), Optional.empty()));
        layers.put("silver", new Layer(List.of("bronze", "silver"), Optional.empty()));
        layers.put("gold", new Layer(List.of("silver", "gold"), Optional.empty()));
        return layers;
    }
}
