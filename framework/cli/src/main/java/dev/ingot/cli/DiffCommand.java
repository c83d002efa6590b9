package dev.ingot.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ingot diff}: compares two versions of a table. */
@Command(
        name = "diff",
        description = "Prints the rows of a table that were added, removed and changed between two versions (default:"
                + " the newest change).")
final class DiffCommand implements Callable<Integer> {

    @Mixin
    private ProjectOptions project = new ProjectOptions();

    @Mixin
    private SparkOptions options = new SparkOptions();

    @Parameters(paramLabel = "TABLE", description = "The table, such as silver.events.")
    private String table;

    @Option(names = "--from", paramLabel = "N|TIME", description = "The older version or time.")
    private String from;

    @Option(names = "--to", paramLabel = "N|TIME", description = "The newer version or time (default: now).")
    private String to;

    @Option(names = "--run", paramLabel = "RUN", description = "Shows what a run changed, instead of two versions.")
    private String run;

    @Option(names = "--limit", paramLabel = "N", description = "How many rows to print (default: 20); all are counted.")
    private int limit = 20;

    @Option(names = "--pii", description = "Also shows the columns that the contract marks with 'pii'.")
    private boolean personal;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        if (run != null && (from != null || to != null)) {
            throw ProjectOptions.argument("--run", run, "either '--run', or '--from' and '--to'");
        }
        return new TableCommands(project, options, spec.commandLine()).diff(table, from, to, run, limit, personal);
    }
}
