package dev.ingot.deploy.airflow;

import dev.ingot.config.SparkSettings;
import dev.ingot.deploy.CronFields;
import dev.ingot.deploy.Deployment;
import dev.ingot.deploy.Job;
import dev.ingot.deploy.Task;
import dev.ingot.diagnostics.Diagnostics;
import dev.ingot.names.TableId;
import dev.ingot.plan.LogicalPlan;
import dev.ingot.plan.Selection;
import dev.ingot.session.SessionSettings;
import dev.ingot.state.Lake;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The words that the templates put into a DAG file. */
record DagModel(Deployment deployment, Job job, Airflow.Options options) {

    /** Airflow's run, and the day of it, by constants of the templates. */
    private static final String RUN = "RUN";

    private static final String DATE = "DATE";

    /** A DAG's name, which its file has too: one Airflow may hold several environments. */
    static String id(Job job, Deployment deployment) {
        return job.name() + "-" + deployment.environment();
    }

    /**
     * What the names of a DAG's runs begin with, for Airflow's names are those of runs of one DAG only: its name, or, where
     * that is long, as much of it as leaves Airflow 65 of the 100 characters that Ingot takes, told apart by a hash.
     */
    static String run(String dag) {
        return dag.length() <= 35 ? dag : dag.substring(0, 26) + String.format(Locale.ROOT, "-%08x", dag.hashCode());
    }

    Map<String, Object> words() {
        Map<String, Object> words = new LinkedHashMap<>();
        words.put("dag_id", id(job, deployment));
        words.put("run", run(id(job, deployment)));
        words.put("project", deployment.project());
        words.put("environment", deployment.environment());
        words.put("release", deployment.release());
        words.put("job", job.name());
        words.put("schedule", job.schedule());
        words.put(
                "cron",
                job.schedule()
                        .map(schedule -> CronFields.of(schedule.cron()).text())
                        .orElse(""));
        words.put("defaults", defaults());
        words.put("on_failure", options.onFailure().map(Airflow::parts));
        Map<String, List<Map<String, Object>>> groups = groups();
        words.put("groups", groups);
        words.put("grouped", options.sparkSubmit().isPresent() && !groups.containsKey(""));
        words.put("edges", edges());
        words.put("outlets", outlets(job.tasks()));
        options.sparkSubmit().ifPresent(spark -> {
            words.put("spark", spark(spark));
            words.put("arguments", arguments(spark));
        });
        options.databricks().ifPresent(databricks -> words.put("databricks", databricks));
        options.synapse().ifPresent(synapse -> words.put("synapse", synapse));
        return words;
    }

    private Map<String, Object> defaults() {
        Map<String, Object> defaults = new LinkedHashMap<>();
        options.owner().ifPresent(owner -> defaults.put("owner", owner));
        options.pool().ifPresent(pool -> defaults.put("pool", pool));
        defaults.put("retries", options.retries());
        if (options.sparkSubmit().filter(SparkSubmitOperator::inCluster).isPresent()) {
            defaults.put("durable", false);
            defaults.put("reconnect_on_retry", false);
        }
        return defaults;
    }

    private Map<String, Object> spark(SparkSubmitOperator spark) {
        Map<String, Object> words = new LinkedHashMap<>();
        words.put("conn_id", spark.connection());
        words.put("deploy_mode", spark.deployMode().word());
        words.put("application", spark.files() + "/" + deployment.jar());
        words.put("java_class", Deployment.MAIN_CLASS);
        if (!spark.packages().isEmpty()) {
            words.put("packages", String.join(",", spark.packages()));
        }
        Map<String, String> settings = new TreeMap<>(SessionSettings.APPLICATION);
        settings.putAll(SparkSettings.of(deployment.plan().project()));
        words.put("conf", settings);
        return words;
    }

    /** The tasks by layer; those that are a layer stand alone, under the empty name. */
    private Map<String, List<Map<String, Object>>> groups() {
        Map<String, List<Map<String, Object>>> groups = new LinkedHashMap<>();
        job.tasks().forEach(task -> {
            String layer = layer(task);
            String group = layer.equals(task.key()) ? "" : layer;
            groups.computeIfAbsent(group, first -> new ArrayList<>())
                    .add(Map.of(
                            "key", task.key(),
                            "id", group.isEmpty() ? layer : task.key().substring(layer.length() + 1),
                            "selection",
                                    task.selection().stream()
                                            .map(PythonText::of)
                                            .toList(),
                            "outlets", outlets(List.of(task))));
        });
        return groups;
    }

    private String layer(Task task) {
        return tables(task).get(0).layer();
    }

    /** What the arguments of all tasks end in, after {@code run} and the selection. */
    private List<String> arguments(SparkSubmitOperator spark) {
        Task task = new Task(job.name(), List.of(), List.of());
        return deployment.arguments(task, spark.files(), RUN, DATE).stream()
                .skip(1)
                .map(argument -> argument.equals(RUN) || argument.equals(DATE) ? argument : PythonText.of(argument))
                .toList();
    }

    private List<Map<String, Object>> edges() {
        return job.tasks().stream()
                .filter(task -> !task.dependsOn().isEmpty())
                .map(task -> Map.<String, Object>of("before", task.dependsOn(), "key", task.key()))
                .toList();
    }

    /** The tables of the project's last layer, which are what others wait for: addresses by names. */
    private Map<String, String> outlets(List<Task> tasks) {
        LogicalPlan plan = deployment.plan();
        String last = deployment.lastLayer();
        Lake lake = new Lake(plan.project().lake());
        return tasks.stream()
                .flatMap(task -> tables(task).stream())
                .filter(table -> table.layer().equals(last))
                .filter(table -> !plan.byTable().get(table).isView())
                .collect(Collectors.toMap(
                        table -> deployment.project() + "/" + deployment.environment() + "/" + table,
                        lake::table,
                        (one, other) -> one,
                        TreeMap::new));
    }

    private List<TableId> tables(Task task) {
        return List.copyOf(new Selection(task.selection(), List.of()).in(deployment.plan(), new Diagnostics()));
    }
}
