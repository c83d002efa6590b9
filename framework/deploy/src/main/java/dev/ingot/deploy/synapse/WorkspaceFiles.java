package dev.ingot.deploy.synapse;

import dev.ingot.deploy.Deployment;
import dev.ingot.deploy.Job;
import dev.ingot.deploy.Task;
import dev.ingot.deploy.TextFiles;
import dev.ingot.deploy.livy.LivyBatchRequest;
import dev.ingot.diagnostics.Code;
import dev.ingot.diagnostics.Diagnostic;
import dev.ingot.diagnostics.Diagnostics;
import dev.ingot.diagnostics.SourceSpan;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Generates the artifacts of a workspace in the layout of its git repository: one JSON file each, named after the
 * artifact. A job becomes a Spark job definition, a pipeline with an activity for each task, which replaces the
 * definition's arguments with the task's, and a trigger if it has a schedule. The views for serverless SQL become a
 * script.
 */
final class WorkspaceFiles {

    /** The Spark version of the pool; the only one that Synapse still supports and that the job jar runs on. */
    private static final String SPARK = "3.5";

    /** The maximum number of activities of a pipeline in every workspace; some allow 120. */
    private static final int MAX_ACTIVITIES = 80;

    private static final int MAX_ACTIVITY_NAME = 55;

    private static final String DATE = "@if(empty(pipeline().parameters.date),"
            + "formatDateTime(pipeline().TriggerTime,'yyyy-MM-dd'),pipeline().parameters.date)";

    private static final String RUN_ID =
            "@if(empty(pipeline().parameters.run_id),pipeline().RunId,pipeline().parameters.run_id)";

    private final Deployment deployment;
    private final Synapse.Options options;
    private final Diagnostics diagnostics;

    WorkspaceFiles(Deployment deployment, Synapse.Options options, Diagnostics diagnostics) {
        this.deployment = deployment;
        this.options = options;
        this.diagnostics = diagnostics;
    }

    SortedMap<String, String> all() {
        SortedMap<String, String> files = new TreeMap<>();
        BatchSettings.check(deployment.plan().project(), diagnostics);
        for (Job job : deployment.jobs()) {
            rejectTooLarge(job);
            put(files, "sparkJobDefinition", job.name(), definition(job));
            put(files, "pipeline", job.name(), pipeline(job));
            new Triggers(deployment, diagnostics)
                    .of(job)
                    .ifPresent(trigger -> put(files, "trigger", job.name(), trigger));
        }
        deployment
                .plan()
                .project()
                .secrets()
                .values()
                .forEach(scope -> scope.linkedService()
                        .ifPresent(name -> scope.vault()
                                .ifPresent(vault -> put(files, "linkedService", name, linkedService(vault)))));
        options.sql().ifPresent(sql -> {
            SqlViews views = new SqlViews(deployment, sql, diagnostics);
            views.script(folder()).ifPresent(script -> put(files, "sqlscript", views.name(), script));
        });
        return files;
    }

    private static void put(Map<String, String> files, String kind, String name, Map<String, Object> properties) {
        files.put(kind + "/" + name + ".json", TextFiles.json(JsonTree.of("name", name, "properties", properties)));
    }

    private void rejectTooLarge(Job job) {
        if (job.tasks().size() > MAX_ACTIVITIES) {
            reject("Cannot create a pipeline for the job '" + job.name() + "': it has "
                    + job.tasks().size() + " tasks, and a pipeline can have at most " + MAX_ACTIVITIES + " activities");
        }
        job.tasks().stream()
                .map(Task::key)
                .filter(key -> key.length() > MAX_ACTIVITY_NAME)
                .forEach(key -> reject("Cannot create an activity for the task '" + key + "': its name has "
                        + key.length() + " characters, and an activity's name can have at most " + MAX_ACTIVITY_NAME));
    }

    private void reject(String summary) {
        diagnostics.add(Diagnostic.error(
                Code.DEPLOY_PLATFORM,
                SourceSpan.of("conf/env/" + deployment.environment() + ".yml"),
                summary,
                "Set 'tasks: layer' under 'deploy:', which creates one task for each layer."));
    }

    /** Returns the Spark job definition, which runs the whole job when it is started manually. */
    private Map<String, Object> definition(Job job) {
        List<String> selection =
                job.tasks().stream().flatMap(task -> task.selection().stream()).toList();
        Task all = new Task("all", selection, List.of());
        LivyBatchRequest.Size size = options.nodeSize().with(options.executors());
        return JsonTree.of(
                "folder",
                folder(),
                "language",
                "scala",
                "requiredSparkVersion",
                SPARK,
                "targetBigDataPool",
                JsonTree.reference(options.pool(), "BigDataPoolReference"),
                "jobProperties",
                JsonTree.of(
                        "name",
                        job.name(),
                        "file",
                        options.artifacts() + "/" + deployment.jar(),
                        "className",
                        Deployment.MAIN_CLASS,
                        "args",
                        deployment.arguments(all, options.artifacts(), "", ""),
                        "jars",
                        List.of(),
                        "files",
                        List.of(),
                        "conf",
                        BatchSettings.of(deployment.plan().project()),
                        "driverMemory",
                        size.driverMemory(),
                        "driverCores",
                        size.driverCores(),
                        "executorMemory",
                        size.executorMemory(),
                        "executorCores",
                        size.executorCores(),
                        "numExecutors",
                        size.executors()));
    }

    private Map<String, Object> pipeline(Job job) {
        return JsonTree.of(
                "description",
                "Runs the project " + deployment.project() + " in the environment " + deployment.environment() + ".",
                "folder",
                folder(),
                "concurrency",
                1,
                "parameters",
                JsonTree.of(
                        "run_id",
                        JsonTree.of("type", "string", "defaultValue", ""),
                        "date",
                        JsonTree.of("type", "string", "defaultValue", "")),
                "activities",
                job.tasks().stream().map(task -> activity(job, task)).toList());
    }

    private Map<String, Object> activity(Job job, Task task) {
        return JsonTree.of(
                "name",
                task.key(),
                "type",
                "SparkJob",
                "dependsOn",
                task.dependsOn().stream()
                        .map(before -> JsonTree.of("activity", before, "dependencyConditions", List.of("Succeeded")))
                        .toList(),
                "policy",
                JsonTree.of(
                        "timeout",
                        timeSpan(options.timeout()),
                        "retry",
                        options.retries(),
                        "retryIntervalInSeconds",
                        Task.RETRY_AFTER.toSeconds(),
                        "secureInput",
                        false,
                        "secureOutput",
                        false),
                "typeProperties",
                JsonTree.of(
                        "sparkJob",
                        JsonTree.reference(job.name(), "SparkJobDefinitionReference"),
                        "args",
                        deployment.arguments(task, options.artifacts(), RUN_ID, DATE).stream()
                                .map(WorkspaceFiles::argument)
                                .toList()));
    }

    private static Object argument(String text) {
        return text.startsWith("@") ? JsonTree.of("value", text, "type", "Expression") : text;
    }

    /** Returns the linked service of an existing key vault, by which jobs read secrets as the workspace. */
    private static Map<String, Object> linkedService(String vault) {
        return JsonTree.of(
                "type",
                "AzureKeyVault",
                "annotations",
                List.of(),
                "typeProperties",
                JsonTree.of("baseUrl", "https://" + vault + ".vault.azure.net"));
    }

    private Map<String, Object> folder() {
        return JsonTree.of("name", options.folder().orElse(deployment.project()));
    }

    /** Formats a duration as .NET does: days.hours:minutes:seconds. */
    private static String timeSpan(Duration duration) {
        return String.format(
                Locale.ROOT,
                "%d.%02d:%02d:%02d",
                duration.toDays(),
                duration.toHoursPart(),
                duration.toMinutesPart(),
                duration.toSecondsPart());
    }
}
