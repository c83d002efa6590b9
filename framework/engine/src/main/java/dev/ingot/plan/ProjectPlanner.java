package dev.ingot.plan;

import dev.ingot.component.ComponentCatalog;
import dev.ingot.config.Project;
import dev.ingot.definition.PipelineSpec;
import dev.ingot.definition.SpecReader;
import dev.ingot.diagnostics.Code;
import dev.ingot.diagnostics.Diagnostic;
import dev.ingot.diagnostics.Diagnostics;
import dev.ingot.diagnostics.SourceSpan;
import dev.ingot.model.Binder;
import dev.ingot.model.Pipeline;
import dev.ingot.release.ProjectFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Reads the pipelines of a project and plans them. Reads files in parallel; reports findings in the files' order. */
public final class ProjectPlanner {

    private static final String FOLDER = "pipelines";
    private static final Pattern NAME = Pattern.compile("(?m)^name: *['\"]?([a-z0-9_]+)");

    private ProjectPlanner() {}

    /**
     * The result of reading a file.
     *
     * @param unreadable the names of pipelines in the file that could not be read
     */
    private record FileResult(List<Pipeline> pipelines, Set<String> unreadable, Diagnostics diagnostics) {}

    /** Plans every pipeline of the project and reports what is wrong. */
    public static LogicalPlan of(Project project, ComponentCatalog catalog, Diagnostics diagnostics) {
        List<Pipeline> pipelines = new ArrayList<>();
        Set<String> unreadable = new TreeSet<>();
        List<FileResult> results = files(project.root(), diagnostics).parallelStream()
                .map(file -> read(file, project, catalog))
                .toList();
        for (FileResult result : results) {
            pipelines.addAll(result.pipelines());
            unreadable.addAll(result.unreadable());
            diagnostics.addAll(result.diagnostics());
        }
        LogicalPlan plan = new Planner(project, diagnostics).plan(pipelines, unreadable);
        if (project.release().isPresent()) {
            ReleaseCheck.of(plan).forEach(diagnostics::add);
        }
        return plan;
    }

    private static FileResult read(Path file, Project project, ComponentCatalog catalog) {
        Diagnostics found = new Diagnostics();
        String name = project.root().relativize(file).toString();
        List<Pipeline> pipelines = new ArrayList<>();
        Set<String> unreadable = new TreeSet<>();
        if (isInside(file, name, project.root(), found)) {
            Binder binder = new Binder(project, catalog, found);
            List<PipelineSpec> specs = new SpecReader(catalog, project.values(), found).read(file, name);
            for (PipelineSpec spec : specs) {
                Optional<Pipeline> bound = binder.bind(spec);
                bound.ifPresentOrElse(
                        pipelines::add, () -> unreadable.add(spec.name().orElse(stem(file))));
            }
            if (specs.isEmpty() && found.hasErrors()) {
                unreadable.add(stem(file));
                unreadable.addAll(names(file));
            } else if (specs.isEmpty()) {
                found.add(Diagnostic.warning(
                        Code.SPEC_MISSING,
                        SourceSpan.of(name),
                        "Cannot find a pipeline in the file: it is empty",
                        "Write one, or remove the file."));
            }
        }
        return new FileResult(pipelines, unreadable, found);
    }

    private static boolean isInside(Path file, String name, Path root, Diagnostics diagnostics) {
        try {
            if (file.toRealPath().startsWith(root.toRealPath())) {
                return true;
            }
            diagnostics.add(Diagnostic.error(
                    Code.SPEC_FILE,
                    SourceSpan.of(name),
                    "Cannot read the file: it is a link to a file outside the project",
                    "Copy it into the project."));
        } catch (IOException missing) {
            diagnostics.add(Diagnostic.error(
                    Code.SPEC_FILE,
                    SourceSpan.of(name),
                    "Cannot read the file: it is a link to a file that does not exist",
                    "Remove it."));
        }
        return false;
    }

    private static String stem(Path file) {
        return file.getFileName().toString().replaceFirst("\\.yml$", "");
    }

    /** Extracts what look like names of pipelines from a file that is not valid YAML. */
    private static List<String> names(Path file) {
        try {
            return NAME.matcher(Files.readString(file, StandardCharsets.ISO_8859_1))
                    .results()
                    .map(match -> match.group(1))
                    .toList();
        } catch (IOException unreadable) {
            return List.of();
        }
    }

    private static List<Path> files(Path root, Diagnostics diagnostics) {
        try {
            List<Path> visible = ProjectFiles.below(root, FOLDER);
            List<Path> files = visible.stream()
                    .filter(file -> file.toString().endsWith(".yml"))
                    .filter(file -> !file.toString().endsWith(".test.yml"))
                    .toList();
            visible.stream()
                    .filter(file -> file.toString().endsWith(".yaml"))
                    .forEach(file -> diagnostics.add(Diagnostic.warning(
                            Code.SPEC_FILE,
                            SourceSpan.of(root.relativize(file).toString()),
                            "Cannot read the file as a pipeline: its name ends in .yaml",
                            "Rename it to .yml if it is one.")));
            if (files.isEmpty()) {
                diagnostics.add(Diagnostic.error(
                        Code.CONF_PROJECT,
                        SourceSpan.of(FOLDER),
                        "Cannot find a pipeline: there is no .yml file below " + FOLDER,
                        "Add one; pipelines/REFERENCE.md describes the format."));
            }
            return files;
        } catch (IOException missing) {
            diagnostics.add(Diagnostic.error(
                    Code.CONF_PROJECT,
                    SourceSpan.of(FOLDER),
                    "Cannot find the pipelines: the project has no readable folder '" + FOLDER + "'",
                    "Create it and add a pipeline; pipelines/REFERENCE.md describes the format."));
            return List.of();
        }
    }
}
