package dev.ingot.deploy.cron;

import dev.ingot.definition.PipelineFile.Schedule;
import dev.ingot.deploy.Deployment;
import dev.ingot.deploy.Job;
import dev.ingot.deploy.Platform;
import dev.ingot.diagnostics.Code;
import dev.ingot.diagnostics.Diagnostic;
import dev.ingot.diagnostics.Diagnostics;
import dev.ingot.diagnostics.SourceSpan;
import dev.ingot.options.Option;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Writes a file for {@code /etc/cron.d} of one machine, with a line for each job. Cron has one time zone, that of the
 * machine ({@code CRON_TZ} works in some crons and is ignored by others), so the environment declares it.
 */
public final class Cron implements Platform<Cron.Options> {

    /** File names that cron reads in {@code /etc/cron.d} (cron(8) of Debian); it skips others silently. */
    private static final Pattern READ = Pattern.compile("cron\\.d/[A-Za-z0-9_-]+");

    /** The maximum length of a command in cron (crontab(5) of Debian). */
    private static final int LONGEST = 998;

    private static final Pattern STEP_WITHOUT_END = Pattern.compile("(?<![^,])(\\w+)/");
    private static final List<Integer> GREATEST = List.of(59, 23, 31, 12, 7);

    /** The settings of an environment for the machine. */
    public record Options(
            @Option(description = JobCommandLine.COMMAND_OPTION, example = "/opt/ingot/ingot")
            String command,

            @Option(description = JobCommandLine.RELEASES_OPTION, example = "/srv/ingot/releases")
            String releases,

            @Option(description = JobCommandLine.USER_OPTION, defaultValue = "ingot")
            String user,

            @Option(description = "The time zone of the machine's cron.", defaultValue = "UTC")
            String timezone) {

        public Options {
            JobCommandLine.check(command, releases, user);
        }
    }

    @Override
    public String name() {
        return "cron";
    }

    @Override
    public String summary() {
        return "A file for /etc/cron.d of one machine that runs the jobs itself.";
    }

    @Override
    public Class<Options> options() {
        return Options.class;
    }

    @Override
    public SortedMap<String, String> files(Deployment deployment, Options options, Diagnostics diagnostics) {
        JobCommandLine.check(deployment, name(), diagnostics);
        StringBuilder text = new StringBuilder(JobCommandLine.header(deployment, name()));
        deployment.jobs().forEach(job -> {
            String line = JobCommandLine.of(deployment, job, options.command(), options.releases());
            job.schedule().ifPresent(schedule -> report(schedule, job, line, deployment, options, diagnostics));
            String entry = job.schedule()
                    .map(schedule -> ranged(schedule.cron()) + " " + options.user())
                    .orElse("# no schedule; start it manually:");
            text.append("\n# ").append(job.name()).append('\n');
            text.append(entry).append(' ').append(line).append('\n');
        });
        String name = deployment.project().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9_-]+", "_");
        return new TreeMap<>(Map.of("cron.d/" + name + "-" + deployment.environment(), text.toString()));
    }

    private void report(
            Schedule schedule, Job job, String line, Deployment deployment, Options options, Diagnostics diagnostics) {
        if (!schedule.timezone().equals(options.timezone())) {
            diagnostics.add(deployment.unsupportedSchedule(
                    job,
                    name(),
                    "its time zone is " + schedule.timezone() + ", and the machine's cron runs in "
                            + options.timezone(),
                    "Change the schedule, or use 'deploy: {systemd: ...}', which supports time zones."));
        }
        if (line.length() > LONGEST) {
            diagnostics.add(deployment.unsupportedSchedule(
                    job,
                    name(),
                    "its command has " + line.length() + " characters, and cron reads at most " + LONGEST,
                    "Use 'deploy: {systemd: ...}', which has no such limit, or set 'tasks: layer' under 'deploy:' if"
                            + " the job contains whole layers."));
        }
    }

    /** Adds an end to each step that has none: cron supports {@code 5-59/15}, but not {@code 5/15}. */
    private static String ranged(String cron) {
        String[] fields = cron.split(" +", -1);
        for (int i = 0; i < fields.length; i++) {
            fields[i] = STEP_WITHOUT_END.matcher(fields[i]).replaceAll("$1-" + GREATEST.get(i) + "/");
        }
        return String.join(" ", fields);
    }

    @Override
    public void check(Map<String, String> files, Diagnostics diagnostics) {
        files.keySet().stream()
                .filter(file -> !READ.matcher(file).matches())
                .forEach(file -> diagnostics.add(Diagnostic.error(
                        Code.DEPLOY_FILE,
                        SourceSpan.of(file),
                        "Cannot deploy the file to cron: cron skips files whose name has other characters than letters,"
                                + " digits, '_' and '-'",
                        "")));
    }
}
