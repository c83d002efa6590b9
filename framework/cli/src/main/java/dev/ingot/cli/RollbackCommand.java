package dev.ingot.cli;

import java.util.OptionalLong;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ingot rollback}: takes back what a run wrote, or puts one table back to a version. */
@Command(
        name = "rollback",
        description = {
            "Takes back everything that a run wrote: its tables, their quarantines, and what counts as read.",
            "Or puts one table back to a version. All of it happens, or nothing."
        })
final class RollbackCommand implements Callable<Integer> {

    @Mixin
    private ProjectOptions project = new ProjectOptions();

    @Mixin
    private SparkOptions options = new SparkOptions();

    @Parameters(paramLabel = "RUN|TABLE", description = "The run, as 'ingot history' names it; or a table.")
    private String what;

    @Option(names = "--to-version", paramLabel = "N", description = "The version to which the table goes back.")
    private Long version;

    @Option(names = "--cascade", description = "Takes later runs along that build on what is taken back.")
    private boolean cascade;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        OptionalLong target = version == null ? OptionalLong.empty() : OptionalLong.of(version);
        return new TableCommands(project, options, spec.commandLine()).rollback(what, target, cascade);
    }
}
