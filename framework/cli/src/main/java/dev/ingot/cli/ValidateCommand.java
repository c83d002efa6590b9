package dev.ingot.cli;

import dev.ingot.deploy.DeployReader;
import dev.ingot.diagnostics.Diagnostics;
import dev.ingot.names.TableId;
import dev.ingot.plan.LogicalPlan;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code ingot validate}: reads, resolves, binds and plans all pipelines, without Spark. */
@Command(name = "validate", description = "Finds mistakes in the project's files, without starting Spark.")
final class ValidateCommand implements Callable<Integer> {

    @Mixin
    private ProjectOptions project = new ProjectOptions();

    @Mixin
    private SelectionOptions selection = new SelectionOptions();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        Diagnostics diagnostics = new Diagnostics();
        Optional<LogicalPlan> plan = project.plan(diagnostics);
        plan.ifPresent(read -> new DeployReader(diagnostics).check(read));
        Set<TableId> selected =
                plan.isPresent() && !diagnostics.hasErrors() ? selection.in(plan.get(), diagnostics) : Set.of();
        diagnostics.throwIfErrors();
        DiagnosticsPrinter.print(diagnostics.all(), spec.commandLine().getErr());
        spec.commandLine().getOut().println("valid: " + NumberText.count(selected.size(), "pipeline"));
        return 0;
    }
}
