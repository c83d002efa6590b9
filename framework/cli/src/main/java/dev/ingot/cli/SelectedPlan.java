package dev.ingot.cli;

import dev.ingot.diagnostics.Diagnostics;
import dev.ingot.names.TableId;
import dev.ingot.plan.LogicalPlan;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.Set;

/** Reads the plan that a command works on, and the selected part of it. */
final class SelectedPlan {

    private SelectedPlan() {}

    /**
     * Returns the plan and prints its warnings.
     *
     * @throws dev.ingot.diagnostics.IngotException with every mistake in the project's files
     */
    static LogicalPlan checked(ProjectOptions project, PrintWriter err) {
        Diagnostics diagnostics = new Diagnostics();
        Optional<LogicalPlan> plan = project.plan(diagnostics);
        diagnostics.throwIfErrors();
        DiagnosticsPrinter.print(diagnostics.all(), err);
        return plan.orElseThrow();
    }

    /**
     * Returns the selected tables.
     *
     * @throws dev.ingot.diagnostics.IngotException when a selector matches nothing
     */
    static Set<TableId> selected(SelectionOptions selection, LogicalPlan plan) {
        Diagnostics diagnostics = new Diagnostics();
        Set<TableId> selected = selection.in(plan, diagnostics);
        diagnostics.throwIfErrors();
        return selected;
    }
}
