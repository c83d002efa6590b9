package dev.ingot.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ingot run}: brings tables up to date. */
@Command(name = "run", description = "Brings tables up to date: reads what is new, checks it, writes it.")
final class RunCommand implements Callable<Integer> {

    @Mixin
    private ProjectOptions project = new ProjectOptions();

    @Mixin
    private SelectionOptions selection = new SelectionOptions();

    @Mixin
    private SparkOptions options = new SparkOptions();

    @Option(
            names = "--full-refresh",
            description = "Builds the selected tables anew from all that their sources have now.")
    private boolean fullRefresh;

    @Option(names = "--width", paramLabel = "N", description = "How many pipelines run at once (default: by cores).")
    private int width = Math.max(2, Math.min(8, Runtime.getRuntime().availableProcessors()));

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        return new SparkCommands(project, options, spec.commandLine()).run(selection, fullRefresh, width);
    }
}
