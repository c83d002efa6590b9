package dev.ingot.deploy.local;

import dev.ingot.config.Project;
import dev.ingot.config.SparkSettings;
import dev.ingot.deploy.DeployMode;
import dev.ingot.deploy.Deployment;
import dev.ingot.deploy.Job;
import dev.ingot.deploy.TextFiles;
import dev.ingot.session.LocalDefaults;
import dev.ingot.session.SessionSettings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Writes the scripts of a deployment, for any POSIX shell. Each setting is passed as {@code --conf}, not in a
 * properties file, which would replace the cluster's own {@code spark-defaults.conf}.
 */
final class SubmitScript {

    private static final String RUN_ID = "\"$run_id\"";
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_@%+=:,./-]+");

    private static final String TEXT = """
            #!/bin/sh
            %1$s#
            #   sh submit-%2$s.sh [RUN_ID [OPTION...]]
            #
            #   RUN_ID      the run id; default: INGOT_RUN_ID, else a generated one; a retry with the same run id
            #               reads the same inputs
            #   OPTION      another option of 'ingot run', such as --date 2026-01-31
            #   SPARK_HOME  the Spark whose spark-submit is used; default: the spark-submit on the PATH
            set -eu

            case "${1:-}" in -*)
                echo "submit-%2$s.sh: the first argument is the run id, not '$1'" >&2
                exit 2
                ;;
            esac
            run_id=${1:-${INGOT_RUN_ID:-$(date -u +%%Y%%m%%dT%%H%%M%%S)-$$}}
            [ $# -eq 0 ] || shift

            exec "${SPARK_HOME:+$SPARK_HOME/bin/}spark-submit" \\
                %3$s "$@"
            """;

    private final Deployment deployment;
    private final SparkSubmit.Options options;
    private final SparkLine dependencies;

    SubmitScript(Deployment deployment, SparkSubmit.Options options, SparkLine dependencies) {
        this.deployment = Objects.requireNonNull(deployment, "deployment");
        this.options = Objects.requireNonNull(options, "options");
        this.dependencies = Objects.requireNonNull(dependencies, "dependencies");
    }

    /** Returns the script that runs a job. */
    String of(Job job) {
        List<String> head = new ArrayList<>(List.of("Runs " + job.id() + " with spark-submit, as one application."));
        job.schedule()
                .ifPresent(when ->
                        head.add("Its schedule, for the scheduler: " + when.cron() + " (" + when.timezone() + ")"));
        List<String> lines = new ArrayList<>(List.of(
                option("--name", job.id()),
                option("--master", options.master()),
                option("--deploy-mode", options.deployMode().word()),
                option("--class", Deployment.MAIN_CLASS)));
        settings().forEach((name, value) -> lines.add(option("--conf", name + "=" + value)));
        lines.add(quoted(options.artifacts() + "/" + deployment.jar()));
        lines.add(arguments(job));
        return TEXT.formatted(TextFiles.comment(head), job.name(), String.join(" \\\n    ", lines));
    }

    /**
     * Returns Delta's settings, the defaults for one machine if the master is local, and the environment's settings,
     * which win. The master, the name and the deploy mode are passed to spark-submit only as options.
     */
    private Map<String, String> settings() {
        Project project = deployment.plan().project();
        Map<String, String> settings = new LinkedHashMap<>(new TreeMap<>(SessionSettings.APPLICATION));
        if (options.master().startsWith("local")) {
            settings.putAll(new TreeMap<>(LocalDefaults.SETTINGS));
            settings.put("spark.log.level", "WARN");
        }
        settings.putAll(SparkSettings.of(project));
        settings.keySet().removeAll(List.of("spark.master", "spark.app.name", "spark.submit.deployMode"));
        if (options.dependencies() == SparkSubmit.Dependencies.MAVEN) {
            String needed = String.join(",", dependencies.packages(List.of(project.lake())));
            settings.merge("spark.jars.packages", needed, (own, added) -> added + "," + own);
        }
        if (deployment.hasSecretReferences() && options.inFolder()) {
            // Hadoop looks for the secret resolver on the JVM's initial class path, not among jars added later.
            String jar = options.artifacts() + "/" + deployment.jar();
            settings.merge("spark.driver.extraClassPath", jar, (own, added) -> added + ":" + own);
            settings.merge("spark.executor.extraClassPath", jar, (own, added) -> added + ":" + own);
        }
        if (options.master().startsWith("spark:") && options.deployMode() == DeployMode.CLUSTER) {
            // In all other cases Spark itself sets the JVM options that it needs.
            settings.merge("spark.driver.extraJavaOptions", dependencies.jvm(), (own, added) -> added + " " + own);
        }
        return settings;
    }

    private String arguments(Job job) {
        return deployment.arguments(job, options.artifacts(), RUN_ID, "").stream()
                .map(word -> word.equals(RUN_ID) ? word : quoted(word))
                .collect(Collectors.joining(" "));
    }

    private static String option(String option, String value) {
        return option + " " + quoted(value);
    }

    private static String quoted(String word) {
        return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}
