package dev.ingot.deploy.databricks;

import dev.ingot.config.Project;
import dev.ingot.deploy.Deployment;
import dev.ingot.deploy.Job;
import dev.ingot.deploy.Task;
import dev.ingot.diagnostics.Diagnostics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Builds a job's settings for the Jobs API 2.2; bundles use the same names. Values that are 0 or false are written too,
 * so that removing a key from the environment resets it in the workspace.
 *
 * <p>A run has parameters: its run id, its logical date, whether it is a full refresh, and the project's variables.
 * Scheduled runs use the defaults; a run that is started manually can override them.
 */
final class JobSettings {

    /** The names of the job parameters; {@link #VARIABLE} is the prefix of the variables' names. */
    static final String RUN_ID = "run_id";

    static final String RUN_DATE = "run_date";
    static final String FULL_REFRESH = "full_refresh";
    static final String VARIABLE = "var_";

    private static final String CLUSTER_KEY = "main";
    private static final String ENVIRONMENT_KEY = "main";

    private final Deployment deployment;
    private final Databricks.Options options;
    private final Diagnostics diagnostics;

    /**
     * Creates the builder for a deployment's jobs.
     *
     * @param diagnostics receives an error for each schedule that Databricks cannot express
     */
    JobSettings(Deployment deployment, Databricks.Options options, Diagnostics diagnostics) {
        this.deployment = Objects.requireNonNull(deployment, "deployment");
        this.options = Objects.requireNonNull(options, "options");
        this.diagnostics = Objects.requireNonNull(diagnostics, "diagnostics");
    }

    static String name(Job job, Deployment deployment) {
        return job.name() + "-" + deployment.environment();
    }

    Map<String, Object> tree(Job job) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("name", name(job, deployment));
        tree.put("tags", Tags.of(job, deployment));
        tree.put("max_concurrent_runs", 1);
        tree.put("queue", Map.of("enabled", true));
        tree.put("timeout_seconds", options.timeout().map(Duration::toSeconds).orElse(0L));
        tree.put("run_as", options.runAsIdentity());
        job.schedule()
                .flatMap(schedule -> new QuartzCron(deployment, diagnostics).of(job, schedule))
                .ifPresent(cron -> tree.put(
                        "schedule", schedule(cron, job.schedule().orElseThrow().timezone())));
        tree.put("parameters", parameters());
        options.cluster()
                .ifPresent(cluster -> tree.put(
                        "job_clusters",
                        List.of(ordered("job_cluster_key", CLUSTER_KEY, "new_cluster", newCluster(cluster)))));
        options.serverless()
                .ifPresent(serverless -> tree.put(
                        "environments",
                        List.of(ordered(
                                "environment_key",
                                ENVIRONMENT_KEY,
                                "spec",
                                ordered(
                                        "environment_version",
                                        serverless.environmentVersion(),
                                        "java_dependencies",
                                        List.of(jar()))))));
        tree.put("tasks", job.tasks().stream().map(this::task).toList());
        return tree;
    }

    private Map<String, Object> schedule(String cron, String timezone) {
        Map<String, Object> schedule = new LinkedHashMap<>();
        schedule.put("quartz_cron_expression", cron);
        schedule.put("timezone_id", timezone);
        schedule.put("pause_status", options.paused() ? "PAUSED" : "UNPAUSED");
        return schedule;
    }

    private List<Map<String, Object>> parameters() {
        List<Map<String, Object>> parameters = new ArrayList<>();
        parameters.add(ordered("name", RUN_ID, "default", "{{job.run_id}}"));
        parameters.add(ordered("name", RUN_DATE, "default", "{{job.start_time.iso_date}}"));
        parameters.add(ordered("name", FULL_REFRESH, "default", "false"));
        deployment
                .plan()
                .project()
                .values()
                .variables()
                .forEach((name, setting) -> parameters.add(ordered(
                        "name", VARIABLE + name, "default", setting.value().toString())));
        return parameters;
    }

    private Map<String, Object> newCluster(Cluster cluster) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("spark_version", cluster.sparkVersion());
        tree.put("node_type_id", cluster.nodeType());
        cluster.workers().ifPresent(workers -> tree.put("num_workers", workers));
        cluster.autoscale()
                .ifPresent(bounds ->
                        tree.put("autoscale", ordered("min_workers", bounds.min(), "max_workers", bounds.max())));
        tree.put("data_security_mode", cluster.securityMode().apiValue());
        Project project = deployment.plan().project();
        Map<String, String> conf = new LinkedHashMap<>(SparkConf.of(project));
        if (cluster.workers().filter(workers -> workers == 0).isPresent()) {
            conf.put("spark.databricks.cluster.profile", "singleNode");
            conf.put("spark.master", "local[*]");
            tree.put("custom_tags", Map.of("ResourceClass", "SingleNode"));
        }
        tree.put("spark_conf", conf);
        return tree;
    }

    private Map<String, Object> task(Task task) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("task_key", task.key());
        if (!task.dependsOn().isEmpty()) {
            tree.put(
                    "depends_on",
                    task.dependsOn().stream()
                            .map(key -> Map.of("task_key", key))
                            .toList());
        }
        tree.put("run_if", "ALL_SUCCESS");
        options.cluster().ifPresent(cluster -> tree.put("job_cluster_key", CLUSTER_KEY));
        options.serverless().ifPresent(serverless -> tree.put("environment_key", ENVIRONMENT_KEY));
        options.existingCluster().ifPresent(id -> tree.put("existing_cluster_id", id));
        tree.put("max_retries", options.retries());
        tree.put("min_retry_interval_millis", Task.RETRY_AFTER.toMillis());
        tree.put("retry_on_timeout", false);
        if (options.serverless().isPresent()) {
            // Otherwise serverless compute also retries on its own, as often as it chooses.
            tree.put("disable_auto_optimization", true);
        }
        tree.put("spark_jar_task", ordered("main_class_name", Deployment.MAIN_CLASS, "parameters", arguments(task)));
        if (options.serverless().isEmpty()) {
            tree.put("libraries", List.of(Map.of("jar", jar())));
        }
        return tree;
    }

    private List<String> arguments(Task task) {
        List<String> arguments = new ArrayList<>(
                deployment.arguments(task, options.artifacts(), parameter(RUN_ID), parameter(RUN_DATE)));
        arguments.add("--full-refresh=" + parameter(FULL_REFRESH));
        deployment
                .plan()
                .project()
                .values()
                .variables()
                .keySet()
                .forEach(name -> arguments.addAll(List.of("--var", name + "=" + parameter(VARIABLE + name))));
        return arguments;
    }

    private String jar() {
        return options.artifacts() + "/" + deployment.jar();
    }

    private static String parameter(String name) {
        return "{{job.parameters." + name + "}}";
    }

    private static Map<String, Object> ordered(String first, Object one, String second, Object two) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put(first, one);
        tree.put(second, two);
        return tree;
    }
}
