package dev.ingot.cli;

import dev.ingot.diagnostics.Diagnostics;
import dev.ingot.names.TableId;
import dev.ingot.plan.LogicalPlan;
import dev.ingot.plan.Selection;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which pipelines a command concerns. */
final class SelectionOptions {

    @Parameters(
            paramLabel = "SELECT",
            arity = "0..*",
            description = "Which pipelines: silver.events, +x with all before it, x+ with all after it, 2+x, tag:x,"
                    + " layer:x, path:x; several words unite, a comma intersects (default: all).")
    private List<String> include = new ArrayList<>();

    @Option(names = "--exclude", paramLabel = "SELECT", description = "Which of these to leave out.")
    private List<String> exclude = new ArrayList<>();

    Set<TableId> in(LogicalPlan plan, Diagnostics diagnostics) {
        return new Selection(include, exclude).in(plan, diagnostics);
    }
}
