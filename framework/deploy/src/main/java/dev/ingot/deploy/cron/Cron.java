package dev.ingot.deploy.cron;

import dev.ingot.deploy.Deployment;
import dev.ingot.deploy.Job;
import dev.ingot.deploy.Platform;
import dev.ingot.diagnostics.Code;
import dev.ingot.diagnostics.Diagnostic;
import dev.ingot.diagnostics.Diagnostics;
import dev.ingot.diagnostics.SourceSpan;
import dev.ingot.options.Option;
import dev.ingot.spec.PipelineFile.Schedule;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The cron of one machine: a file for {@code /etc/cron.d} with a line for each job. Cron knows one time zone, that of the
 * machine ({@code CRON_TZ} works in some crons and is ignored by others), so the environment says which that is.
 */
public final class Cron implements Platform<Cron.Options> {

    /** Names that cron reads in {@code /etc/cron.d} (cron(8) of Debian): others are skipped without a word. */
    private static final Pattern READ = Pattern.compile("cron\\.d/[A-Za-z0-9_-]+");

    /** What an environment says of the machine. */
    public record Options(
            @Option(
                    description = "What starts Ingot there: the launcher, or another command that takes its words.",
                    example = "/opt/ingot/ingot")
            String command,

            @Option(description = "The folder that holds the releases there.", example = "/srv/ingot/releases")
            String releases,

            @Option(description = "The user who runs the jobs.", defaultValue = "ingot")
            String user,

            @Option(description = "The time zone of the machine's cron.", defaultValue = "UTC")
            String timezone) {

        public Options {
            CommandLine.check(command, releases, user);
        }
    }

    @Override
    public String name() {
        return "cron";
    }

    @Override
    public String summary() {
        return "A file for /etc/cron.d, for one machine that runs the jobs itself.";
    }

    @Override
    public Class<Options> options() {
        return Options.class;
    }

    @Override
    public SortedMap<String, String> files(Deployment deployment, Options options, Diagnostics diagnostics) {
        StringBuilder text = new StringBuilder(CommandLine.header(deployment, name()));
        deployment.jobs().forEach(job -> {
            String line = CommandLine.of(deployment, job, options.command(), options.releases());
            String entry = job.schedule()
                    .map(schedule -> when(schedule, job, deployment, options, diagnostics) + " " + options.user())
                    .orElse("# no schedule; to be started by hand:");
            text.append("\n# ").append(job.name()).append('\n');
            text.append(entry).append(' ').append(line).append('\n');
        });
        String name = deployment.project().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9_-]+", "_");
        return new TreeMap<>(Map.of("cron.d/" + name + "-" + deployment.environment(), text.toString()));
    }

    private static String when(
            Schedule schedule, Job job, Deployment deployment, Options options, Diagnostics diagnostics) {
        String reason = "";
        try {
            CalendarEvents.of(schedule);
            if (!schedule.timezone().equals(options.timezone())) {
                reason = "it is meant in the zone " + schedule.timezone() + ", and the machine's cron runs in "
                        + options.timezone();
            }
        } catch (IllegalArgumentException wrong) {
            reason = wrong.getMessage();
        }
        if (!reason.isEmpty()) {
            diagnostics.add(Diagnostic.error(
                    Code.DEPLOY_SCHEDULE,
                    SourceSpan.of("conf/env/" + deployment.environment() + ".yml"),
                    "Cannot give the schedule '" + schedule.cron() + "' of the job '" + job.name() + "' to cron: "
                            + reason,
                    "Write another schedule, or let 'deploy: {systemd: ...}' run the jobs, which knows time zones."));
        }
        return schedule.cron();
    }

    @Override
    public void check(Map<String, String> files, Diagnostics diagnostics) {
        files.keySet().stream()
                .filter(file -> !READ.matcher(file).matches())
                .forEach(file -> diagnostics.add(Diagnostic.error(
                        Code.DEPLOY_FILE,
                        SourceSpan.of(file),
                        "Cannot give the file to cron: it skips files whose name has other characters than letters,"
                                + " digits, '_' and '-'",
                        "")));
    }
}
