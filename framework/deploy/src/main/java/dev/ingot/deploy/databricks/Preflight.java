package dev.ingot.deploy.databricks;

import dev.ingot.config.Project;
import dev.ingot.deploy.Deployment;
import dev.ingot.deploy.SecretSettings;
import dev.ingot.deploy.Task;
import dev.ingot.diagnostics.Code;
import dev.ingot.diagnostics.Diagnostic;
import dev.ingot.diagnostics.Diagnostics;
import dev.ingot.diagnostics.SourceSpan;
import dev.ingot.names.Address;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reports what Databricks would reject, or what would fail there, before any request is sent. */
final class Preflight {

    /** The maximum number of tasks in a job. */
    private static final int MAX_TASKS = 1000;

    private static final int MAX_TASK_KEY_LENGTH = 100;

    /** The only Spark settings that serverless compute supports. */
    private static final Set<String> SERVERLESS_SETTINGS = Set.of(
            "spark.sql.ansi.enabled",
            "spark.sql.legacy.timeParserPolicy",
            "spark.sql.session.timeZone",
            "spark.sql.shuffle.partitions");

    private static final Pattern JAR_SCALA = Pattern.compile("_(\\d+\\.\\d+)-");
    private static final Pattern RUNTIME_SCALA = Pattern.compile("scala(\\d+\\.\\d+)");
    private static final String SERVERLESS_SCALA = "2.13";

    private final Deployment deployment;
    private final Project project;
    private final Databricks.Options options;
    private final Diagnostics diagnostics;

    Preflight(Deployment deployment, Databricks.Options options, Diagnostics diagnostics) {
        this.deployment = deployment;
        this.project = deployment.plan().project();
        this.options = options;
        this.diagnostics = diagnostics;
    }

    void check() {
        checkScala();
        checkTasks();
        checkLake();
        checkSettings();
        checkSecrets();
    }

    /** Checks that the compute has the Scala version that the jar was built for, which is part of its name. */
    private void checkScala() {
        Matcher jar = JAR_SCALA.matcher(deployment.jar());
        Optional<String> compute = options.serverless().isPresent()
                ? Optional.of(SERVERLESS_SCALA)
                : options.cluster()
                        .map(cluster -> RUNTIME_SCALA.matcher(cluster.sparkVersion()))
                        .filter(Matcher::find)
                        .map(runtime -> runtime.group(1));
        if (jar.find() && compute.isPresent() && !compute.get().equals(jar.group(1))) {
            report(
                    "Cannot run " + deployment.jar() + " on Databricks: it is built for Scala " + jar.group(1)
                            + ", but "
                            + options.cluster()
                                    .map(cluster -> "'" + cluster.sparkVersion() + "'")
                                    .orElse("serverless compute")
                            + " has Scala " + compute.get(),
                    "Choose a cluster runtime with Scala " + jar.group(1)
                            + ", or start Ingot with another Spark version: its default"
                            + " has Scala 2.12, and INGOT_LINE=spark-4.0 has Scala 2.13.");
        }
    }

    private void checkTasks() {
        deployment.jobs().forEach(job -> {
            if (job.tasks().size() > MAX_TASKS) {
                report(
                        "Cannot create the job '" + job.name() + "': it has "
                                + job.tasks().size() + " tasks, but Databricks supports at most " + MAX_TASKS,
                        "Set 'tasks: layer' under 'deploy:', or give some pipelines their own 'schedule'.");
            }
            job.tasks().stream()
                    .map(Task::key)
                    .filter(key -> key.length() > MAX_TASK_KEY_LENGTH)
                    .forEach(key -> report(
                            "Cannot create the task '" + key + "': its name has " + key.length()
                                    + " characters, but Databricks supports at most " + MAX_TASK_KEY_LENGTH,
                            "Give the pipeline a shorter name, or set 'tasks: layer' under 'deploy:'."));
        });
    }

    private void checkLake() {
        String lake = project.lake();
        boolean shared = (Address.hasScheme(lake) && !lake.startsWith("file:") && !lake.startsWith("dbfs:"))
                || lake.startsWith("/Volumes/");
        if (!shared) {
            report(
                    "Cannot keep the lake in '" + lake + "': a cluster's local disk is deleted with the cluster",
                    "Set 'lake' to a URI such as 'abfss://lake@account.dfs.core.windows.net/shop'.");
        }
    }

    private void checkSettings() {
        project.spark().keySet().forEach(name -> {
            if (name.equals("spark.master")) {
                report("Cannot set 'spark.master': Databricks decides where Spark runs", "Remove it here.");
            } else if (options.serverless().isPresent() && !SERVERLESS_SETTINGS.contains(name)) {
                diagnostics.add(Diagnostic.error(
                                Code.DEPLOY_PLATFORM,
                                place(),
                                "Cannot set '" + name + "': serverless compute does not support it",
                                "Remove it, or use a 'cluster'.")
                        .accepting(SERVERLESS_SETTINGS.stream().sorted().toList(), name));
            } else if (options.existingCluster().isPresent() && !name.startsWith("spark.sql.")) {
                report(
                        "Cannot set '" + name + "': the cluster "
                                + options.existingCluster().get() + " already exists and has its own settings",
                        "Set it on the cluster and remove it here, or use a 'cluster'.");
            }
        });
    }

    private void checkSecrets() {
        if (options.cluster().isPresent()) {
            SecretSettings.warn(
                    SparkConf.of(project).keySet(),
                    project.environment(),
                    "Databricks",
                    "Keep them in a scope with 'provider: databricks', which the cluster resolves, or use a cluster"
                            + " policy with an init script that copies the job jar to /databricks/jars.",
                    diagnostics);
        }
    }

    private void report(String summary, String remedy) {
        diagnostics.add(Diagnostic.error(Code.DEPLOY_PLATFORM, place(), summary, remedy));
    }

    private SourceSpan place() {
        return SourceSpan.of("conf/env/" + project.environment() + ".yml");
    }
}
