package dev.ingot.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ingot show}: prints rows of a table or of its quarantine. */
@Command(name = "show", description = "Prints rows of a table, current or as of a version, a time or a run.")
final class ShowCommand implements Callable<Integer> {

    @Mixin
    private ProjectOptions project = new ProjectOptions();

    @Mixin
    private SparkOptions options = new SparkOptions();

    @Parameters(paramLabel = "TABLE", description = "The table, such as silver.events or silver.events_quarantine.")
    private String table;

    @Option(names = "--limit", paramLabel = "N", description = "How many rows to print (default: 20).")
    private int limit = 20;

    @Option(names = "--pii", description = "Also shows the columns that the contract marks with 'pii'.")
    private boolean personal;

    @ArgGroup
    private TimeTravelOptions past = new TimeTravelOptions();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        return new TableCommands(project, options, spec.commandLine()).show(table, past.moment(), limit, personal);
    }
}
