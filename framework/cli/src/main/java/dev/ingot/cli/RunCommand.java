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

    @Option(
            names = "--reproduce",
            paramLabel = "RUN",
            description = "Reads what an earlier run read instead of what is new: the same files, and tables at the"
                    + " versions that it saw; its logical date too. Take that run back first ('ingot rollback RUN').")
    private String reproduce;

    @Option(names = "--width", paramLabel = "N", description = "How many pipelines run at once (default: by cores).")
    private int width = Math.max(2, Math.min(8, Runtime.getRuntime().availableProcessors()));

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        if (reproduce != null && fullRefresh) {
            throw ProjectOptions.argument("--reproduce", reproduce, "either '--reproduce' or '--full-refresh'");
        }
        SparkCommands commands = new SparkCommands(project, options, spec.commandLine());
        return reproduce == null
                ? commands.run(selection, fullRefresh, width)
                : commands.reproduce(reproduce, selection, width);
    }
}
