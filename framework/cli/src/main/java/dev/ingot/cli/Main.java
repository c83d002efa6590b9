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

/** The command line program {@code ingot}. */
@Command(
        name = "ingot",
        description = "Loads Delta tables with Spark, from pipelines declared in YAML.",
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
            "Exit codes: 0 success, 1 a pipeline or a quality rule failed,",
            "2 a mistake in files or arguments, 3 the environment failed, 130 interrupted,",
            "70 a bug in ingot."
        })
public final class Main {

    /** Picocli handles both options; nothing reads the fields. */
    @SuppressWarnings("UnusedVariable")
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = CommandLine.ScopeType.INHERIT,
            description = "Prints this help and exits.")
    private boolean help;

    @SuppressWarnings("UnusedVariable")
    @Option(
            names = {"-V", "--version"},
            versionHelp = true,
            description = "Prints Ingot's version and exits.")
    private boolean version;

    private Main() {}

    /** Runs one command and exits with its exit code; output of libraries in this process is redacted too. */
    public static void main(String[] arguments) {
        StandardStreams.redact();
        System.exit(execute(arguments));
    }

    /**
     * Runs one command in this process and returns its exit code. A Spark session that it started or found stays
     * running. Values of secrets are never printed.
     */
    public static int execute(String... arguments) {
        CommandLine commands = configured(new Main());
        commands.getCommandSpec().version("ingot " + IngotVersion.current());
        return arguments.length == 0 ? usage(commands) : commands.execute(arguments);
    }

    /** Creates a program's commands, with Ingot's output, error handling and exit codes. */
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
        err.println("internal error in ingot: " + failure);
        failure.printStackTrace(err);
        return Owner.INTERNAL.exitCode();
    }
}
