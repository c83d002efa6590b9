package dev.ingot.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ingot history}: prints past runs, or the versions of one table and the run that wrote each. */
@Command(name = "history", description = "Prints past runs, or a table's versions with the run that wrote each.")
final class HistoryCommand implements Callable<Integer> {

    @Mixin
    private ProjectOptions project = new ProjectOptions();

    @Mixin
    private SparkOptions options = new SparkOptions();

    @Parameters(paramLabel = "TABLE", arity = "0..1", description = "A table (default: all runs).")
    private String table;

    @Option(names = "--limit", paramLabel = "N", description = "How many lines to print, newest first (default: 20).")
    private int limit = 20;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        return new TableCommands(project, options, spec.commandLine()).history(table, limit);
    }
}
