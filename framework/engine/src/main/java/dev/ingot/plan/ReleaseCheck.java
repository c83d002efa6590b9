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
 * Finds what of a plan lies below the project's folder. A release holds no data, and the folder in which it is unpacked
 * goes with the run.
 */
public final class ReleaseCheck {

    private static final String REASON = ": the folder lies below the project, and a release has no folder that stays";

    private ReleaseCheck() {}

    /** Why the plan cannot be run from a release; empty when it can. */
    public static List<Diagnostic> of(LogicalPlan plan) {
        List<Diagnostic> found = new ArrayList<>();
        Project project = plan.project();
        if (!isAddress(project.lake()) && Path.of(project.lake()).startsWith(project.root())) {
            String lake = project.root().relativize(Path.of(project.lake())).toString();
            found.add(Diagnostic.error(
                    Code.CONF_RELEASE,
                    SourceSpan.of("conf/env/" + project.environment() + ".yml"),
                    "Cannot run a release whose lake is '" + lake + "'" + REASON,
                    "Give the lake's whole address, such as abfss://lake@account.dfs.core.windows.net/" + lake + "."));
        }
        plan.pipelines().stream()
                .filter(pipeline -> !pipeline.isArchived())
                .flatMap(pipeline -> pipeline.definition().sources().values().stream())
                .forEach(source -> {
                    if (source.options() instanceof FileBased files && !isWhole(files.path())) {
                        found.add(Diagnostic.error(
                                Code.CONF_RELEASE,
                                source.span(),
                                "Cannot run a release that reads '" + files.path() + "'" + REASON,
                                "Write the whole path or address, or a variable such as '${var:landing}' that each"
                                        + " environment sets."));
                    }
                });
        return found;
    }

    private static boolean isWhole(String path) {
        return path.startsWith("/") || isAddress(path);
    }

    private static boolean isAddress(String written) {
        return Address.hasScheme(written);
    }
}
