package dev.ingot.cli.reference;

import dev.ingot.config.Layer;
import dev.ingot.config.Project;
import dev.ingot.config.ProjectReader;
import dev.ingot.config.RunValues;
import dev.ingot.config.Setting;
import dev.ingot.config.Values;
import dev.ingot.definition.SpecReader;
import dev.ingot.diagnostics.Diagnostic;
import dev.ingot.diagnostics.Diagnostics;
import dev.ingot.model.Binder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Returns the engine's diagnostics for a YAML text. */
final class Verdict {

    private static final RunValues RUN = new RunValues("r1", LocalDate.of(2024, 1, 31), Instant.EPOCH);

    private Verdict() {}

    /** Returns the mistakes of a pipeline, in a project that has the variable {@code number} with the value 5. */
    static List<Diagnostic> ofPipeline(String yaml, Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("pipeline.yml"), yaml);
        Diagnostics diagnostics = new Diagnostics();
        Binder binder = new Binder(project(folder), Documents.CATALOG, diagnostics);
        new SpecReader(Documents.CATALOG, project(folder).values(), diagnostics)
                .read(file, "pipeline.yml")
                .forEach(binder::bind);
        return diagnostics.all();
    }

    static List<Diagnostic> ofProject(String yaml, Path folder) throws IOException {
        return ofFiles(yaml, "lake: lake", folder);
    }

    static List<Diagnostic> ofEnvironment(String yaml, Path folder) throws IOException {
        return ofFiles("name: p\nvariables: {number: {default: 5}}", yaml, folder);
    }

    private static List<Diagnostic> ofFiles(String project, String environment, Path folder) throws IOException {
        Files.createDirectories(folder.resolve("conf/env"));
        Files.writeString(folder.resolve("conf/project.yml"), project);
        Files.writeString(folder.resolve("conf/env/local.yml"), environment);
        Diagnostics diagnostics = new Diagnostics();
        new ProjectReader(folder, Map.of(), diagnostics).read("local", Map.of(), RUN);
        return diagnostics.all();
    }

    private static Project project(Path root) {
        Map<String, Layer> layers = new LinkedHashMap<>();
        layers.put("bronze", new Layer(List.of(Layer.OUTSIDE), Optional.empty()));
        layers.put("silver", new Layer(List.of("bronze", "silver"), Optional.empty()));
        Map<String, Setting<Object>> variables = Map.of("number", new Setting<>("number", 5L, "test"));
        Values values = new Values(variables, Map.of(), RUN);
        return new Project(
                root,
                Optional.empty(),
                "test",
                "local",
                "lake",
                layers,
                Map.of(),
                Map.of(),
                Optional.empty(),
                values,
                List.of());
    }
}
