package dev.ingot.deploy.synapse;

import dev.ingot.definition.PipelineFile.Schedule;
import dev.ingot.deploy.CronFields;
import dev.ingot.deploy.Deployment;
import dev.ingot.deploy.Job;
import dev.ingot.diagnostics.Diagnostics;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Builds the triggers that start pipelines on the schedules of their jobs. */
final class Triggers {

    /** The logical date: the day in UTC, because Synapse passes the scheduled time in UTC. */
    private static final String DATE = "@formatDateTime(trigger().scheduledTime,'yyyy-MM-dd')";

    private static final DateTimeFormatter LOCAL = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss", Locale.ROOT);

    private final Deployment deployment;
    private final Diagnostics diagnostics;

    Triggers(Deployment deployment, Diagnostics diagnostics) {
        this.deployment = deployment;
        this.diagnostics = diagnostics;
    }

    /** Returns the properties of a job's trigger; empty without a schedule, or with an unsupported one, an error. */
    Optional<Map<String, Object>> of(Job job) {
        return job.schedule()
                .flatMap(schedule -> recurrence(job, schedule))
                .map(recurrence -> trigger(job, recurrence));
    }

    private static Map<String, Object> trigger(Job job, Map<String, Object> recurrence) {
        return JsonTree.of(
                "type",
                "ScheduleTrigger",
                "runtimeState",
                "Started",
                "annotations",
                List.of(),
                "pipelines",
                List.of(JsonTree.of(
                        "pipelineReference",
                        JsonTree.reference(job.name(), "PipelineReference"),
                        "parameters",
                        JsonTree.of("date", DATE))),
                "typeProperties",
                JsonTree.of("recurrence", recurrence));
    }

    private Optional<Map<String, Object>> recurrence(Job job, Schedule schedule) {
        Optional<String> zone = WindowsZones.of(schedule.timezone());
        if (zone.isEmpty()) {
            reject(
                    job,
                    "no Windows time zone is known for '" + schedule.timezone() + "'",
                    "Use a city with the same time, such as Europe/Berlin or America/New_York, or UTC.");
        }
        try {
            Recurrence found = Recurrence.of(CronFields.of(schedule.cron()));
            return zone.map(name -> tree(found, name));
        } catch (Recurrence.UnsupportedSchedule unsupported) {
            reject(job, unsupported.getMessage(), unsupported.remedy());
        }
        return Optional.empty();
    }

    private static Map<String, Object> tree(Recurrence recurrence, String zone) {
        boolean utc = zone.equals(WindowsZones.UTC);
        Map<String, Object> tree = JsonTree.of(
                "frequency",
                recurrence.frequency(),
                "interval",
                recurrence.interval(),
                "startTime",
                LOCAL.format(recurrence.start()) + (utc ? "Z" : ""),
                "timeZone",
                zone);
        if (!recurrence.schedule().isEmpty()) {
            tree.put("schedule", recurrence.schedule());
        }
        return tree;
    }

    private void reject(Job job, String reason, String remedy) {
        diagnostics.add(deployment.unsupportedSchedule(job, "Synapse", reason, remedy));
    }
}
