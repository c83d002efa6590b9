package dev.ingot.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ingot run}: loads tables. */
@Command(name = "run", description = "Loads tables: reads new data, checks it, writes it.")
final class RunCommand implements Callable<Integer> {

    @Mixin
    private ProjectOptions project = new ProjectOptions();

    @Mixin
    private SelectionOptions selection = new SelectionOptions();

    @Mixin
    private SparkOptions options = new SparkOptions();

    @Option(
            names = "--full-refresh",
            description = "Rebuilds the selected tables from everything that their sources have now.")
    private boolean fullRefresh;

    @Option(
            names = "--reproduce",
            paramLabel = "RUN",
            description = "Reads what an earlier run read instead of new data: the same files, tables at the same"
                    + " versions, with its logical date. Roll that run back first ('ingot rollback RUN').")
    private String reproduce;

    @Option(
            names = "--width",
            paramLabel = "N",
            description = "How many pipelines run in parallel (default: by the number of cores).")
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
