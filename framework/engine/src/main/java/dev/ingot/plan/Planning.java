package dev.ingot.plan;

import dev.ingot.component.ComponentCatalog;
import dev.ingot.config.Project;
import dev.ingot.diagnostics.Code;
import dev.ingot.diagnostics.Diagnostic;
import dev.ingot.diagnostics.Diagnostics;
import dev.ingot.diagnostics.SourceSpan;
import dev.ingot.model.Binder;
import dev.ingot.model.Pipeline;
import dev.ingot.spec.SpecReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Takes a project's folder all the way to its plan. Files are read in parallel; findings come in the files' order. */
public final class Planning {

    private static final String FOLDER = "pipelines";

    private Planning() {}

    private record FileResult(List<Pipeline> pipelines, Diagnostics diagnostics) {}

    /** The plan of every pipeline of the project; what is wrong is reported. */
    public static LogicalPlan of(Project project, ComponentCatalog catalog, Diagnostics diagnostics) {
        List<Pipeline> pipelines = new ArrayList<>();
        List<FileResult> results = files(project.root(), diagnostics).parallelStream()
                .map(file -> read(file, project, catalog))
                .toList();
        for (FileResult result : results) {
            pipelines.addAll(result.pipelines());
            diagnostics.addAll(result.diagnostics());
        }
        return new Planner(project, diagnostics).plan(pipelines);
    }

    private static FileResult read(Path file, Project project, ComponentCatalog catalog) {
        Diagnostics found = new Diagnostics();
        String name = project.root().relativize(file).toString();
        Binder binder = new Binder(project, catalog, found);
        List<Pipeline> pipelines = new SpecReader(catalog, project.values(), found)
                .read(file, name).stream().flatMap(spec -> binder.bind(spec).stream()).toList();
        return new FileResult(pipelines, found);
    }

    private static List<Path> files(Path root, Diagnostics diagnostics) {
        Path folder = root.resolve(FOLDER);
        try (Stream<Path> all = Files.walk(folder)) {
            List<Path> files = all.filter(file -> file.toString().endsWith(".yml"))
                    .filter(file -> !file.toString().endsWith(".test.yml"))
                    .sorted()
                    .toList();
            if (files.isEmpty()) {
                diagnostics.add(Diagnostic.error(
                        Code.CONF_PROJECT,
                        SourceSpan.of(FOLDER),
                        "Cannot find a pipeline: there is no .yml file below " + FOLDER,
                        "Add one; pipelines/README.md shows how it is written."));
            }
            return files;
        } catch (IOException missing) {
            diagnostics.add(Diagnostic.error(
                    Code.CONF_PROJECT,
                    SourceSpan.of(FOLDER),
                    "Cannot find the pipelines: the project has no folder '" + FOLDER + "' that can be read",
                    "Create it and put a pipeline there; pipelines/README.md shows how it is written."));
            return List.of();
        }
    }
}
