package dev.ingot.cli;

import dev.ingot.secrets.RedactingWriter;
import dev.ingot.session.SparkSessions;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/**
 * The program as Spark starts it, with the arguments of {@code ingot}. It never ends the JVM, which may belong to a
 * platform, and never stops a Spark that it did not start; what fails leaves as an exception, by which every platform
 * knows a failed job.
 */
@Command(
        name = "ingot",
        description = "The commands that work where Spark runs.",
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

    /** What a platform shows of an exception's message is short. */
    private static final int MESSAGE_CHARACTERS = 4_000;

    private JobMain() {}

    /**
     * Runs one command.
     *
     * @throws JobFailure when it ends with another exit code than 0
     */
    public static void main(String[] arguments) {
        boolean running = SparkSessions.isRunning();
        StringWriter told = new StringWriter();
        try {
            CommandLine commands = Main.configured(new JobMain());
            commands.setErr(new PrintWriter(new RedactingWriter(new TeeWriter(System.err, told)), true));
            int code = commands.execute(arguments);
            commands.getErr().flush();
            if (code != 0) {
                throw new JobFailure(code, end(told.toString()));
            }
        } finally {
            if (!running && SparkSessions.isRunning()) {
                SparkSession.active().stop();
            }
        }
    }

    private static String end(String told) {
        String text = told.strip();
        return text.length() <= MESSAGE_CHARACTERS ? text : "..." + text.substring(text.length() - MESSAGE_CHARACTERS);
    }
}
