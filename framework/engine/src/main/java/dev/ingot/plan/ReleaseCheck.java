package dev.ingot.plan;

import dev.ingot.component.FileBased;
import dev.ingot.config.Project;
import dev.ingot.diagnostics.Code;
import dev.ingot.diagnostics.Diagnostic;
import dev.ingot.diagnostics.SourceSpan;
import dev.ingot.names.Address;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds the data paths of a plan that are inside the project's folder. A release holds no data, and the folder into
 * which it is unpacked is deleted after the run.
 */
public final class ReleaseCheck {

    private static final String REASON =
            ": the folder is inside the project, and a release is unpacked into a temporary folder";

    private ReleaseCheck() {}

    /** Returns why the plan cannot be run from a release; empty when it can. */
    public static List<Diagnostic> of(LogicalPlan plan) {
        List<Diagnostic> found = new ArrayList<>();
        Project project = plan.project();
        if (!isAddress(project.lake()) && Path.of(project.lake()).startsWith(project.root())) {
            String lake = project.root().relativize(Path.of(project.lake())).toString();
            found.add(Diagnostic.error(
                    Code.CONF_RELEASE,
                    SourceSpan.of("conf/env/" + project.environment() + ".yml"),
                    "Cannot run a release whose lake is '" + lake + "'" + REASON,
                    "Set the lake's full address, such as abfss://lake@account.dfs.core.windows.net/" + lake + "."));
        }
        plan.pipelines().stream()
                .filter(pipeline -> !pipeline.isArchived())
                .flatMap(pipeline -> pipeline.definition().sources().values().stream())
                .forEach(source -> {
                    if (source.options() instanceof FileBased files && !isAbsolute(files.path())) {
                        found.add(Diagnostic.error(
                                Code.CONF_RELEASE,
                                source.span(),
                                "Cannot run a release that reads '" + files.path() + "'" + REASON,
                                "Use an absolute path or address, or a variable such as '${var:landing}' that each"
                                        + " environment sets."));
                    }
                });
        return found;
    }

    private static boolean isAbsolute(String path) {
        return path.startsWith("/") || isAddress(path);
    }

    private static boolean isAddress(String path) {
        return Address.hasScheme(path);
    }
}
