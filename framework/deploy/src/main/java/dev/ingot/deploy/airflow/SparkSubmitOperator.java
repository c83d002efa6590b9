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

/** Tasks that {@code spark-submit} starts, each for itself, where a Spark connection of Airflow leads. */
public record SparkSubmitOperator(
        @Option(
                description = "The address of the folder that holds the job jar and the releases.",
                example = "abfss://jobs@account.dfs.core.windows.net/ingot")
        String files,

        @Option(description = "Airflow's Spark connection.", defaultValue = "spark_default")
        String connection,

        @Option(
                description = "Where the driver runs: beside Airflow's worker, or in the cluster.",
                defaultValue = "client")
        DeployMode deployMode,

        @Option(
                description = "What the cluster's Spark lacks, by its Maven coordinates.",
                example = "['io.delta:delta-spark_2.12:3.3.2']")
        List<String> packages) {

    public SparkSubmitOperator {
        Objects.requireNonNull(files, "files");
        Objects.requireNonNull(connection, "connection");
        Objects.requireNonNull(deployMode, "deployMode");
        packages = List.copyOf(packages);
    }

    /** Reports what the cluster could not start, and warns of what it starts only with the job jar among Spark's own. */
    void report(Deployment deployment, Diagnostics diagnostics) {
        SourceSpan place = SourceSpan.of("conf/env/" + deployment.environment() + ".yml");
        if (deployment.namesSecrets()) {
            diagnostics.add(Diagnostic.warning(
                    Code.DEPLOY_PLATFORM,
                    place,
                    "Cannot put the job jar where Hadoop looks for who resolves secrets: Airflow submits it from '"
                            + files + "'",
                    "Put the job jar into the 'jars' folder of the cluster's Spark and of that of Airflow's workers, or"
                            + " into their images."));
        }
        Connectors.of(files)
                .filter(connector -> packages.stream().anyMatch(one -> one.contains(":" + connector + ":")))
                .ifPresent(connector -> diagnostics.add(Diagnostic.error(
                        Code.DEPLOY_PLATFORM,
                        place,
                        "Cannot start the job jar in 'files', '" + files + "': spark-submit opens it before "
                                + connector + " is there, which 'packages' fetches",
                        "Put " + connector + " among the jars of the Spark of Airflow's workers and drop it from"
                                + " 'packages', or name a folder on a file system that Spark already reads.")));
    }

    boolean inCluster() {
        return deployMode == DeployMode.CLUSTER;
    }
}
