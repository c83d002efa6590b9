package dev.ingot.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code ingot plan}: prints what a run would do; Spark checks columns and types on empty tables. */
@Command(
        name = "plan",
        description = "Prints what a run would do and why (dry run); checks every column and type, reads no data.")
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
