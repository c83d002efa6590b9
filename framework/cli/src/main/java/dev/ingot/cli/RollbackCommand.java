package dev.ingot.cli;

import java.util.OptionalLong;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ingot rollback}: rolls back what a run wrote, or restores one table to a version. */
@Command(
        name = "rollback",
        description = {
            "Rolls back everything that a run wrote: its tables, their quarantines, and the cursors of its sources.",
            "Or restores one table to a version. Either all of it is rolled back, or nothing."
        })
final class RollbackCommand implements Callable<Integer> {

    @Mixin
    private ProjectOptions project = new ProjectOptions();

    @Mixin
    private SparkOptions options = new SparkOptions();

    @Parameters(paramLabel = "RUN|TABLE", description = "A run id, as in 'ingot history', or a table.")
    private String what;

    @Option(names = "--to-version", paramLabel = "N", description = "The version to restore the table to.")
    private Long version;

    @Option(names = "--cascade", description = "Also rolls back later runs that build on what is rolled back.")
    private boolean cascade;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        OptionalLong target = version == null ? OptionalLong.empty() : OptionalLong.of(version);
        return new TableCommands(project, options, spec.commandLine()).rollback(what, target, cascade);
    }
}
