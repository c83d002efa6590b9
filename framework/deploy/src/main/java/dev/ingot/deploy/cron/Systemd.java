package dev.ingot.deploy.cron;

import dev.ingot.deploy.Deployment;
import dev.ingot.deploy.Job;
import dev.ingot.deploy.Platform;
import dev.ingot.diagnostics.Code;
import dev.ingot.diagnostics.Diagnostic;
import dev.ingot.diagnostics.Diagnostics;
import dev.ingot.diagnostics.SourceSpan;
import dev.ingot.options.Option;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Writes systemd units for one machine: a service for each job, and a timer for its schedule (systemd.timer(5)). */
public final class Systemd implements Platform<Systemd.Options> {

    private static final String SERVICE = ".service";
    private static final String TIMER = ".timer";

    /** The settings of an environment for the machine. */
    public record Options(
            @Option(description = JobCommandLine.COMMAND_OPTION, example = "/opt/ingot/ingot")
            String command,

            @Option(description = JobCommandLine.RELEASES_OPTION, example = "/srv/ingot/releases")
            String releases,

            @Option(description = JobCommandLine.USER_OPTION, defaultValue = "ingot")
            String user) {

        public Options {
            JobCommandLine.check(command, releases, user);
        }
    }

    @Override
    public String name() {
        return "systemd";
    }

    @Override
    public String summary() {
        return "A service and a timer for each job, for one machine that runs the jobs itself.";
    }

    @Override
    public Class<Options> options() {
        return Options.class;
    }

    @Override
    public SortedMap<String, String> files(Deployment deployment, Options options, Diagnostics diagnostics) {
        JobCommandLine.check(deployment, name(), diagnostics);
        SortedMap<String, String> files = new TreeMap<>();
        for (Job job : deployment.jobs()) {
            String name = JobCommandLine.name(deployment, job);
            files.put(name + SERVICE, service(deployment, job, options));
            job.schedule()
                    .map(CalendarEvents::of)
                    .ifPresent(events -> files.put(name + TIMER, timer(deployment, job, events)));
        }
        return files;
    }

    private String service(Deployment deployment, Job job, Options options) {
        return JobCommandLine.header(deployment, name())
                + """

                [Unit]
                Description=Ingot: %s
                Wants=network-online.target
                After=network-online.target

                [Service]
                Type=oneshot
                User=%s
                ExecStart=%s
                """.formatted(
                                JobCommandLine.name(deployment, job),
                                options.user(),
                                JobCommandLine.of(deployment, job, options.command(), options.releases()));
    }

    /** Returns the timer. A run that was missed while the machine was off is started once when it is on again. */
    private String timer(Deployment deployment, Job job, List<String> events) {
        return JobCommandLine.header(deployment, name())
                + """

                [Unit]
                Description=Schedule of Ingot: %s

                [Timer]
                %s
                Persistent=true

                [Install]
                WantedBy=timers.target
                """.formatted(
                        JobCommandLine.name(deployment, job),
                        events.stream().map(event -> "OnCalendar=" + event).collect(Collectors.joining("\n")));
    }

    @Override
    public void check(Map<String, String> files, Diagnostics diagnostics) {
        files.keySet().stream()
                .filter(file -> file.endsWith(TIMER))
                .filter(file -> !files.containsKey(file.replace(TIMER, SERVICE)))
                .forEach(file -> diagnostics.add(Diagnostic.error(
                        Code.DEPLOY_FILE,
                        SourceSpan.of(file),
                        "Cannot deploy the timer to systemd: no service with its name exists",
                        "")));
    }
}
