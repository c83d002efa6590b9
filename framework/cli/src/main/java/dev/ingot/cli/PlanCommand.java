package dev.ingot.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code ingot plan}: what a run would do; columns and types are checked by Spark on empty tables. */
@Command(name = "plan", description = "Says what a run would do and why; checks every column and type, reads no data.")
final class PlanCommand implements Callable<Integer> {

    @Mixin
    private ProjectOptions project = new ProjectOptions();

    @Mixin
    private SelectionOptions selection = new SelectionOptions();

    @Mixin
    private SparkOptions options = new SparkOptions();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        return new SparkCommands(project, options, spec.commandLine()).plan(selection);
    }
}
