package dev.ingot.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code ingot maintain}: compacts files (OPTIMIZE) and deletes files that are no longer needed (VACUUM). */
@Command(
        name = "maintain",
        description =
                "Compacts the files of tables and deletes those that are no longer needed (OPTIMIZE, VACUUM): never"
                        + " what 'retention', a lagging reader or an active run still needs.")
final class MaintainCommand implements Callable<Integer> {

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
        return new TableCommands(project, options, spec.commandLine()).maintain(selection);
    }
}
