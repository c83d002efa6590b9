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
 * The artifacts of a workspace in the layout of its git repository: one JSON file each, named after the artifact. A job
 * is a Spark job definition, a pipeline with an activity for each task, which replaces the definition's arguments by the
 * task's, and where it has a schedule a trigger. The views for serverless SQL are a script.
 */
final class WorkspaceFiles {

    /** The Spark of the pool; the only one that Synapse still supports and this jar runs on. */
    private static final String SPARK = "3.5";

    /** As many activities a pipeline takes in every workspace; some take 120. */
    private static final int MOST_ACTIVITIES = 80;

    private static final int LONGEST_ACTIVITY = 55;

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
            refuseTooLarge(job);
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

    private void refuseTooLarge(Job job) {
        if (job.tasks().size() > MOST_ACTIVITIES) {
            refuse("Cannot make a pipeline of the job '" + job.name() + "': it has "
                    + job.tasks().size() + " tasks, and a pipeline takes " + MOST_ACTIVITIES + " activities");
        }
        job.tasks().stream()
                .map(Task::key)
                .filter(key -> key.length() > LONGEST_ACTIVITY)
                .forEach(key -> refuse("Cannot make an activity of the task '" + key + "': its name has " + key.length()
                        + " characters, and an activity's at most " + LONGEST_ACTIVITY));
    }

    private void refuse(String summary) {
        diagnostics.add(Diagnostic.error(
                Code.DEPLOY_PLATFORM,
                SourceSpan.of("conf/env/" + deployment.environment() + ".yml"),
                summary,
                "Say 'tasks: layer' under 'deploy:', which makes one of each layer."));
    }

    /** Runs the whole job when a person starts it by itself. */
    private Map<String, Object> definition(Job job) {
        List<String> selection =
                job.tasks().stream().flatMap(task -> task.selection().stream()).toList();
        Task whole = new Task("all", selection, List.of());
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
                        deployment.arguments(whole, options.artifacts(), "", ""),
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

    /** The way to a key vault, by which jobs read secrets as the workspace; the vault itself is not made. */
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

    /** As .NET writes it: days.hours:minutes:seconds. */
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
