package dev.ingot.cli;

import dev.ingot.diagnostics.Diagnostics;
import dev.ingot.names.TableId;
import dev.ingot.plan.LogicalPlan;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.Set;

/** The plan that a command works on, and what of it is selected. */
final class SelectedPlan {

    private SelectedPlan() {}

    /**
     * The plan, its warnings told.
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
     * The tables that are selected.
     *
     * @throws dev.ingot.diagnostics.IngotException when a word selects nothing
     */
    static Set<TableId> selected(SelectionOptions selection, LogicalPlan plan) {
        Diagnostics diagnostics = new Diagnostics();
        Set<TableId> selected = selection.in(plan, diagnostics);
        diagnostics.throwIfErrors();
        return selected;
    }
}
