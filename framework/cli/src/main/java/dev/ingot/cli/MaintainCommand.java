package dev.ingot.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code ingot maintain}: files laid together, and removed where nobody needs them. */
@Command(
        name = "maintain",
        description = "Lays the files of tables together and removes those that nobody needs: never what 'retention',"
                + " a reader that lags behind or a run at work still needs.")
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
