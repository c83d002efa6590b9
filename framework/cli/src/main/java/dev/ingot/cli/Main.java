package dev.ingot.cli;

import dev.ingot.diagnostics.IngotException;
import dev.ingot.diagnostics.Owner;
import dev.ingot.diagnostics.SourceSpan;
import dev.ingot.release.IngotVersion;
import dev.ingot.run.failure.Failures;
import dev.ingot.secrets.StandardStreams;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The program {@code ingot}. */
@Command(
        name = "ingot",
        description = "Declares tables in YAML and brings them up to date with Spark and Delta.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            ValidateCommand.class,
            PlanCommand.class,
            RunCommand.class,
            ShowCommand.class,
            DiffCommand.class,
            HistoryCommand.class,
            RollbackCommand.class,
            MaintainCommand.class,
            ConfigCommand.class,
            SchemaCommand.class,
            DoctorCommand.class,
            PackageCommand.class,
            DeployCommand.class,
            SubmitCommand.class
        },
        footer = {
            "",
            "Exit codes: 0 done, 1 a pipeline or a quality rule failed, 2 mistake in files or arguments,",
            "3 the environment failed, 130 interrupted, 70 a bug in ingot."
        })
public final class Main {

    /** Picocli sees to both; their values are never asked for. */
    @SuppressWarnings("UnusedVariable")
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = CommandLine.ScopeType.INHERIT,
            description = "Shows this help and does nothing else.")
    private boolean help;

    @SuppressWarnings("UnusedVariable")
    @Option(
            names = {"-V", "--version"},
            versionHelp = true,
            description = "Prints Ingot's version and does nothing else.")
    private boolean version;

    private Main() {}

    /** Runs one command and ends the process with its exit code; what else prints in this process is redacted too. */
    public static void main(String[] arguments) {
        StandardStreams.redact();
        System.exit(execute(arguments));
    }

    /**
     * Runs one command in this process; its exit code. It leaves a Spark that it started or met running, and prints no
     * value of a secret.
     */
    public static int execute(String... arguments) {
        CommandLine commands = configured(new Main());
        commands.getCommandSpec().version("ingot " + IngotVersion.ofThisBuild());
        return arguments.length == 0 ? usage(commands) : commands.execute(arguments);
    }

    /** A program's commands, which print and fail as Ingot's do. */
    static CommandLine configured(Object program) {
        CommandLine commands = new CommandLine(program);
        commands.setOut(StandardStreams.writer(System.out));
        commands.setErr(StandardStreams.writer(System.err));
        commands.setExpandAtFiles(false);
        commands.setCaseInsensitiveEnumValuesAllowed(true);
        commands.setUsageHelpAutoWidth(true);
        commands.setExecutionExceptionHandler(Main::fail);
        commands.setExitCodeExceptionMapper(failure -> Owner.USER.exitCode());
        return commands;
    }

    private static int usage(CommandLine commands) {
        commands.usage(commands.getOut());
        return 0;
    }

    private static int fail(Exception failure, CommandLine command, CommandLine.ParseResult parsed) {
        PrintWriter err = command.getErr();
        IngotException known =
                new IngotException(Failures.explain(failure, SourceSpan.of("ingot " + command.getCommandName())));
        if (known.owner() != Owner.INTERNAL) {
            DiagnosticsPrinter.print(known.diagnostics(), err);
            return known.owner().exitCode();
        }
        err.println("ingot itself is at fault: " + failure);
        failure.printStackTrace(err);
        return Owner.INTERNAL.exitCode();
    }
}
