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

/** Reports what Databricks would refuse, or what would fail there, before anything is sent. */
final class Preflight {

    /** What a job may have at most. */
    private static final int TASKS = 1000;

    private static final int TASK_KEY = 100;

    /** The only settings of Spark that serverless compute takes. */
    private static final Set<String> SERVERLESS = Set.of(
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

    /** A jar runs on the Scala that it was built for, which its name says. */
    private void checkScala() {
        Matcher jar = JAR_SCALA.matcher(deployment.jar());
        Optional<String> compute = options.serverless().isPresent()
                ? Optional.of(SERVERLESS_SCALA)
                : options.cluster()
                        .map(cluster -> RUNTIME_SCALA.matcher(cluster.sparkVersion()))
                        .filter(Matcher::find)
                        .map(runtime -> runtime.group(1));
        if (jar.find() && compute.isPresent() && !compute.get().equals(jar.group(1))) {
            refuse(
                    "Cannot run " + deployment.jar() + " there: it is of Scala " + jar.group(1) + ", and "
                            + options.cluster()
                                    .map(cluster -> "'" + cluster.sparkVersion() + "'")
                                    .orElse("serverless compute")
                            + " is of Scala " + compute.get(),
                    "Choose a cluster's runtime of Scala " + jar.group(1)
                            + ", or start Ingot with another line of Spark: it"
                            + " is of Scala 2.12, and with INGOT_LINE=spark-4.0 of 2.13.");
        }
    }

    private void checkTasks() {
        deployment.jobs().forEach(job -> {
            if (job.tasks().size() > TASKS) {
                refuse(
                        "Cannot make the job '" + job.name() + "': it has "
                                + job.tasks().size() + " tasks, and Databricks takes " + TASKS,
                        "Say 'tasks: layer' under 'deploy:', or give pipelines a 'schedule' of their own.");
            }
            job.tasks().stream()
                    .map(Task::key)
                    .filter(key -> key.length() > TASK_KEY)
                    .forEach(key -> refuse(
                            "Cannot make the task '" + key + "': its name has " + key.length()
                                    + " characters, and Databricks takes " + TASK_KEY,
                            "Give the pipeline a shorter name, or say 'tasks: layer' under 'deploy:'."));
        });
    }

    private void checkLake() {
        String lake = project.lake();
        boolean shared = (Address.hasScheme(lake) && !lake.startsWith("file:") && !lake.startsWith("dbfs:"))
                || lake.startsWith("/Volumes/");
        if (!shared) {
            refuse(
                    "Cannot keep the lake in '" + lake + "': a cluster's own disk goes with the cluster",
                    "Give 'lake' an address such as 'abfss://lake@account.dfs.core.windows.net/shop'.");
        }
    }

    private void checkSettings() {
        project.spark().keySet().forEach(name -> {
            if (name.equals("spark.master")) {
                refuse("Cannot set 'spark.master': Databricks says where Spark runs", "Leave it out here.");
            } else if (options.serverless().isPresent() && !SERVERLESS.contains(name)) {
                diagnostics.add(Diagnostic.error(
                                Code.DEPLOY_PLATFORM,
                                place(),
                                "Cannot set '" + name + "': serverless compute does not take it",
                                "Leave it out, or use a 'cluster'.")
                        .accepting(SERVERLESS.stream().sorted().toList(), name));
            } else if (options.existingCluster().isPresent() && !name.startsWith("spark.sql.")) {
                refuse(
                        "Cannot set '" + name + "': the cluster "
                                + options.existingCluster().get() + " is there, with settings of its own",
                        "Set it at the cluster and leave it out here, or use a 'cluster'.");
            }
        });
    }

    private void checkSecrets() {
        if (options.cluster().isPresent()) {
            SecretSettings.warn(
                    SparkConf.of(project).keySet(),
                    project.environment(),
                    "Databricks",
                    "Keep them in a scope with 'provider: databricks', whose values the cluster fills in, or let an init"
                            + " script that the cluster's policy names copy the job jar to /databricks/jars.",
                    diagnostics);
        }
    }

    private void refuse(String summary, String remedy) {
        diagnostics.add(Diagnostic.error(Code.DEPLOY_PLATFORM, place(), summary, remedy));
    }

    private SourceSpan place() {
        return SourceSpan.of("conf/env/" + project.environment() + ".yml");
    }
}
