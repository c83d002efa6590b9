package dev.ingot.cli;

import dev.ingot.secrets.RedactingWriter;
import dev.ingot.session.SparkSessions;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/**
 * Runs Ingot's commands where Spark starts the program, with the arguments of {@code ingot}. It never exits the JVM,
 * which may belong to a platform, and never stops a Spark session that it did not start. A failure is thrown as an
 * exception, which is how every platform detects a failed job.
 */
@Command(
        name = "ingot",
        description = "Runs Ingot's commands inside a Spark job.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            PlanCommand.class,
            RunCommand.class,
            ShowCommand.class,
            DiffCommand.class,
            HistoryCommand.class,
            RollbackCommand.class,
            MaintainCommand.class,
            ConfigCommand.class,
            DoctorCommand.class
        })
public final class JobMain {

    /** The length to which the message is cut: platforms truncate long messages of exceptions. */
    private static final int MESSAGE_CHARACTERS = 4_000;

    private JobMain() {}

    /**
     * Runs one command.
     *
     * @throws JobFailure when it ends with another exit code than 0
     */
    public static void main(String[] arguments) {
        boolean running = SparkSessions.isRunning();
        StringWriter errors = new StringWriter();
        try {
            CommandLine commands = Main.configured(new JobMain());
            commands.setErr(new PrintWriter(new RedactingWriter(new TeeWriter(System.err, errors)), true));
            int code = commands.execute(arguments);
            commands.getErr().flush();
            if (code != 0) {
                throw new JobFailure(code, tail(errors.toString()));
            }
        } finally {
            if (!running && SparkSessions.isRunning()) {
                SparkSession.active().stop();
            }
        }
    }

    private static String tail(String errors) {
        String text = errors.strip();
        return text.length() <= MESSAGE_CHARACTERS ? text : "..." + text.substring(text.length() - MESSAGE_CHARACTERS);
    }
}
