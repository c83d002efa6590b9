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

/** The options that select pipelines, in dbt's syntax. */
final class SelectionOptions {

    @Parameters(
            paramLabel = "SELECT",
            arity = "0..*",
            description =
                    "The pipelines to select: silver.events, +x with all upstream of it, x+ with all downstream, 2+x,"
                            + " tag:x, layer:x, path:x; spaces form a union, a comma an intersection (default: all).")
    private List<String> include = new ArrayList<>();

    @Option(names = "--exclude", paramLabel = "SELECT", description = "The pipelines to exclude from the selection.")
    private List<String> exclude = new ArrayList<>();

    Set<TableId> in(LogicalPlan plan, Diagnostics diagnostics) {
        return new Selection(include, exclude).in(plan, diagnostics);
    }
}
