package dev.ingot.deploy.airflow;

import dev.ingot.deploy.Connectors;
import dev.ingot.deploy.DeployMode;
import dev.ingot.deploy.Deployment;
import dev.ingot.diagnostics.Code;
import dev.ingot.diagnostics.Diagnostic;
import dev.ingot.diagnostics.Diagnostics;
import dev.ingot.diagnostics.SourceSpan;
import dev.ingot.options.Option;
import java.util.List;
import java.util.Objects;

/** Starts each task with its own {@code spark-submit}, on the Spark of one of Airflow's connections. */
public record SparkSubmitOperator(
        @Option(
                description = "The address of the folder with the job jar and the releases.",
                example = "abfss://jobs@account.dfs.core.windows.net/ingot")
        String files,

        @Option(description = "Airflow's Spark connection.", defaultValue = "spark_default")
        String connection,

        @Option(description = "Where the driver runs: on Airflow's worker, or in the cluster.", defaultValue = "client")
        DeployMode deployMode,

        @Option(
                description = "The Maven coordinates of packages that the cluster's Spark does not have.",
                example = "['io.delta:delta-spark_2.12:3.3.2']")
        List<String> packages) {

    public SparkSubmitOperator {
        Objects.requireNonNull(files, "files");
        Objects.requireNonNull(connection, "connection");
        Objects.requireNonNull(deployMode, "deployMode");
        packages = List.copyOf(packages);
    }

    /** Reports what the cluster cannot start, and warns of what needs the job jar among Spark's own jars. */
    void report(Deployment deployment, Diagnostics diagnostics) {
        SourceSpan place = SourceSpan.of("conf/env/" + deployment.environment() + ".yml");
        if (deployment.hasSecretReferences()) {
            diagnostics.add(Diagnostic.warning(
                    Code.DEPLOY_PLATFORM,
                    place,
                    "Cannot put the job jar on the class path where Hadoop looks for the secret resolver: Airflow"
                            + " submits it from '" + files + "'",
                    "Put the job jar into Spark's 'jars' folder on the cluster and on Airflow's workers, or into their"
                            + " images."));
        }
        Connectors.of(files)
                .filter(connector -> packages.stream().anyMatch(name -> name.contains(":" + connector + ":")))
                .ifPresent(connector -> diagnostics.add(Diagnostic.error(
                        Code.DEPLOY_PLATFORM,
                        place,
                        "Cannot start the job jar in 'files', '" + files + "': spark-submit opens it before it"
                                + " downloads " + connector + " from 'packages'",
                        "Add " + connector + " to the Spark jars of Airflow's workers and remove it from 'packages', or"
                                + " use a folder on a file system that Spark can already read.")));
    }

    boolean inCluster() {
        return deployMode == DeployMode.CLUSTER;
    }
}
