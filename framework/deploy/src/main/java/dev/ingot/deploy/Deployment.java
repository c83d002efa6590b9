package dev.ingot.deploy;

import dev.ingot.config.SparkSettings;
import dev.ingot.diagnostics.Code;
import dev.ingot.diagnostics.Diagnostic;
import dev.ingot.diagnostics.SourceSpan;
import dev.ingot.plan.LogicalPlan;
import dev.ingot.plan.PipelinePlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Describes what runs on a platform, independently of which platform it is.
 *
 * @param plan the plan of the project in its environment
 * @param jobs the jobs, ordered by name
 * @param jar the file name of the job jar
 * @param release the file name of the project's release
 */
public record Deployment(LogicalPlan plan, List<Job> jobs, String jar, String release) {

    /** The main class that every platform starts. It takes the arguments of {@code ingot}. */
    public static final String MAIN_CLASS = "dev.ingot.cli.JobMain";

    public Deployment {
        Objects.requireNonNull(plan, "plan");
        jobs = List.copyOf(jobs);
        Objects.requireNonNull(jar, "jar");
        Objects.requireNonNull(release, "release");
    }

    public String project() {
        return plan.project().name();
    }

    public String environment() {
        return plan.project().environment();
    }

    /** Returns the project's last layer. Its tables are the ones that people and other projects read. */
    public String lastLayer() {
        return plan.project().layers().keySet().stream()
                .reduce((before, after) -> after)
                .orElseThrow();
    }

    /** Returns whether Spark settings refer to secrets. Hadoop resolves those through Ingot on each JVM. */
    public boolean hasSecretReferences() {
        return SparkSettings.containSecretReferences(SparkSettings.of(plan.project()));
    }

    /**
     * Returns the command-line arguments of a task.
     *
     * @param releases the folder or URI of the releases on the platform, without a trailing slash
     * @param runId the platform's expression for the run id, which all tasks of a run share; empty lets the run
     *     generate one
     * @param date the platform's expression for the logical date; empty means the day of the run
     */
    public List<String> arguments(Task task, String releases, String runId, String date) {
        List<String> arguments = new ArrayList<>(List.of("run"));
        arguments.addAll(task.selection());
        arguments.addAll(List.of("--project", releases + "/" + release, "--env", environment()));
        if (!runId.isEmpty()) {
            arguments.addAll(List.of("--run-id", runId));
        }
        if (!date.isEmpty()) {
            arguments.addAll(List.of("--date", date));
        }
        return List.copyOf(arguments);
    }

    /**
     * Returns the arguments that run a whole job at once: without a selection if it is the only job, else with the
     * tables of its tasks.
     */
    public List<String> arguments(Job job, String releases, String runId, String date) {
        List<String> selection = jobs.size() == 1
                ? List.of()
                : job.tasks().stream()
                        .flatMap(task -> task.selection().stream())
                        .toList();
        return arguments(new Task(job.name(), selection, List.of()), releases, runId, date);
    }

    /**
     * Returns the error that a platform does not support the schedule of a job. Its place is the first pipeline with
     * this schedule, or else the environment.
     */
    public Diagnostic unsupportedSchedule(Job job, String platform, String reason, String remedy) {
        SourceSpan place = plan.pipelines().stream()
                .map(PipelinePlan::definition)
                .filter(pipeline -> !pipeline.isArchived())
                .filter(pipeline -> pipeline.file().schedule().equals(job.schedule()))
                .map(pipeline -> pipeline.span())
                .findFirst()
                .orElse(SourceSpan.of("conf/env/" + environment() + ".yml"));
        return Diagnostic.error(
                Code.DEPLOY_SCHEDULE,
                place,
                "Cannot express the schedule '" + job.schedule().orElseThrow().cron() + "' of the job '" + job.name()
                        + "' for " + platform + ": " + reason,
                remedy);
    }
}
