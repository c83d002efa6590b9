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
 * What is to run on a platform, said without one.
 *
 * @param plan the project in its environment, planned
 * @param jobs in the order of their names
 * @param jar the file name of the job jar
 * @param release the file name of the project's release
 */
public record Deployment(LogicalPlan plan, List<Job> jobs, String jar, String release) {

    /** The class whose {@code main} every platform starts. It takes what {@code ingot} takes. */
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

    /** The last of the project's layers: its tables are what people and other projects read. */
    public String lastLayer() {
        return plan.project().layers().keySet().stream()
                .reduce((before, after) -> after)
                .orElseThrow();
    }

    /** Whether Spark's settings name secrets, whose values Hadoop asks Ingot for on each JVM. */
    public boolean namesSecrets() {
        return SparkSettings.haveSecrets(SparkSettings.of(plan.project()));
    }

    /**
     * The arguments of a task.
     *
     * @param releases where the platform keeps the releases: a folder or address without a slash at its end
     * @param runId the platform's word for the name of the run, which all tasks of it share; empty leaves it to the run
     * @param date the platform's word for the logical date; empty leaves it to the day of the run
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

    /** The arguments of a whole job as one run: everything that there is, or, beside other jobs, what its tasks select. */
    public List<String> arguments(Job job, String releases, String runId, String date) {
        List<String> selection = jobs.size() == 1
                ? List.of()
                : job.tasks().stream()
                        .flatMap(task -> task.selection().stream())
                        .toList();
        return arguments(new Task(job.name(), selection, List.of()), releases, runId, date);
    }

    /** That a platform cannot have the schedule of a job: at the first pipeline that says it, else at the environment. */
    public Diagnostic refusedSchedule(Job job, String platform, String reason, String remedy) {
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
                "Cannot give the schedule '" + job.schedule().orElseThrow().cron() + "' of the job '" + job.name()
                        + "' to " + platform + ": " + reason,
                remedy);
    }
}
