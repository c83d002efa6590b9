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

/** Computes the variables of the DAG templates. */
record DagModel(Deployment deployment, Job job, Airflow.Options options) {

    /** The template constants for Airflow's run id and its date. */
    private static final String RUN = "RUN";

    private static final String DATE = "DATE";

    /** Returns the name of a DAG and of its file. It contains the environment, as one Airflow can have several. */
    static String id(Job job, Deployment deployment) {
        return job.name() + "-" + deployment.environment();
    }

    /**
     * Returns the prefix of the run ids of a DAG, because Airflow's run ids are unique only within a DAG: the name of
     * the DAG. A long name is shortened and made unique by a hash, so that 65 of the 100 characters that Ingot accepts
     * are left to Airflow.
     */
    static String runIdPrefix(String dag) {
        return dag.length() <= 35 ? dag : dag.substring(0, 26) + String.format(Locale.ROOT, "-%08x", dag.hashCode());
    }

    Map<String, Object> variables() {
        Map<String, Object> variables = new LinkedHashMap<>();
        variables.put("dag_id", id(job, deployment));
        variables.put("run_id_prefix", runIdPrefix(id(job, deployment)));
        variables.put("project", deployment.project());
        variables.put("environment", deployment.environment());
        variables.put("release", deployment.release());
        variables.put("job", job.name());
        variables.put("schedule", job.schedule());
        variables.put(
                "cron",
                job.schedule()
                        .map(schedule -> CronFields.of(schedule.cron()).text())
                        .orElse(""));
        variables.put("defaults", defaults());
        variables.put("on_failure", options.onFailure().map(Airflow::parts));
        Map<String, List<Map<String, Object>>> groups = groups();
        variables.put("groups", groups);
        variables.put("grouped", options.sparkSubmit().isPresent() && !groups.containsKey(""));
        variables.put("edges", edges());
        variables.put("outlets", outlets(job.tasks()));
        options.sparkSubmit().ifPresent(spark -> {
            variables.put("spark", spark(spark));
            variables.put("arguments", arguments(spark));
        });
        options.databricks().ifPresent(databricks -> variables.put("databricks", databricks));
        options.synapse().ifPresent(synapse -> variables.put("synapse", synapse));
        return variables;
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
        Map<String, Object> variables = new LinkedHashMap<>();
        variables.put("conn_id", spark.connection());
        variables.put("deploy_mode", spark.deployMode().word());
        variables.put("application", spark.files() + "/" + deployment.jar());
        variables.put("java_class", Deployment.MAIN_CLASS);
        if (!spark.packages().isEmpty()) {
            variables.put("packages", String.join(",", spark.packages()));
        }
        Map<String, String> settings = new TreeMap<>(SessionSettings.APPLICATION);
        settings.putAll(SparkSettings.of(deployment.plan().project()));
        variables.put("conf", settings);
        return variables;
    }

    /** Returns the tasks grouped by layer; a task that is a whole layer is in the group with the empty name. */
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

    /** Returns the arguments that all tasks share, after {@code run} and the selection. */
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

    /** Returns the tables of the project's last layer, which other DAGs can wait for, as addresses by asset name. */
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
