package dev.ingot.deploy.local;

import dev.ingot.deploy.Connectors;
import dev.ingot.deploy.DeployMode;
import dev.ingot.deploy.Deployment;
import dev.ingot.deploy.Platform;
import dev.ingot.diagnostics.Code;
import dev.ingot.diagnostics.Diagnostic;
import dev.ingot.diagnostics.Diagnostics;
import dev.ingot.diagnostics.SourceSpan;
import dev.ingot.names.Address;
import dev.ingot.options.Option;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Writes a script for each job, which runs it with {@code spark-submit} as one application: Ingot itself orders the
 * tables and runs them in parallel. A scheduler (cron, systemd) starts the script.
 */
public final class SparkSubmit implements Platform<SparkSubmit.Options> {

    private static final Pattern MASTER = Pattern.compile("local(\\[.+])?|spark://.+|yarn|k8s://.+");

    /** The options: where {@code spark-submit} sends the job, and where its files are. */
    public record Options(
            @Option(
                    description = "The cluster's master: local[*], spark://host:7077, yarn or k8s://https://host:6443.",
                    example = "spark://spark.example.org:7077",
                    defaultValue = "local[*]")
            String master,

            @Option(
                    description = "Where the driver runs: where the script is started (client), or in the cluster.",
                    defaultValue = "client")
            DeployMode deployMode,

            @Option(
                    description = "The folder or address of the job jar and the releases ('ingot package --to'); in"
                            + " cluster mode one that every machine of the cluster can read.",
                    example = "/srv/ingot")
            String artifacts,

            @Option(
                    description = "Where Spark gets Delta and the connector of the lake's storage: it downloads them"
                            + " (maven), or has them among its own jars (provided).",
                    defaultValue = "maven")
            Dependencies dependencies) {

        public Options {
            Objects.requireNonNull(master, "master");
            Objects.requireNonNull(deployMode, "deployMode");
            artifacts = artifacts.replaceFirst("(?<=.)/+$", "");
            Objects.requireNonNull(dependencies, "dependencies");
        }

        /** Returns whether the artifacts are in a local folder of every machine. */
        boolean inFolder() {
            return artifacts.startsWith("/");
        }
    }

    /** How Spark gets the dependencies that it does not contain. */
    public enum Dependencies {
        MAVEN,
        PROVIDED
    }

    @Override
    public String name() {
        return "local";
    }

    @Override
    public String summary() {
        return "Spark on one machine, or a standalone, YARN or Kubernetes cluster: scripts around spark-submit.";
    }

    @Override
    public Class<Options> options() {
        return Options.class;
    }

    @Override
    public SortedMap<String, String> files(Deployment deployment, Options options, Diagnostics diagnostics) {
        report(deployment, options, diagnostics);
        SubmitScript script = new SubmitScript(deployment, options, SparkLine.ofThisBuild());
        SortedMap<String, String> files = new TreeMap<>();
        deployment.jobs().forEach(job -> files.put("submit-" + job.name() + ".sh", script.of(job)));
        return files;
    }

    /** Checks nothing: shell scripts have no schema, and these refer to no other file. */
    @Override
    public void check(Map<String, String> files, Diagnostics diagnostics) {}

    private static void report(Deployment deployment, Options options, Diagnostics diagnostics) {
        SourceSpan place = SourceSpan.of("conf/env/" + deployment.environment() + ".yml");
        if (!MASTER.matcher(options.master()).matches()) {
            diagnostics.add(Diagnostic.error(
                            Code.DEPLOY_PLATFORM,
                            place,
                            "Cannot submit to the 'master' '" + options.master() + "': Spark has no such master",
                            "")
                    .accepting(List.of("local[*]", "spark://host:7077", "yarn", "k8s://https://host:6443"), ""));
        } else if (options.master().startsWith("local") && options.deployMode() == DeployMode.CLUSTER) {
            diagnostics.add(Diagnostic.error(
                    Code.DEPLOY_PLATFORM,
                    place,
                    "Cannot submit with 'deploy_mode: cluster': the 'master' is '" + options.master()
                            + "', which has only this machine",
                    "Set 'master' to the cluster's, or set 'deploy_mode: client'."));
        }
        if (!Address.isAbsolute(options.artifacts())) {
            diagnostics.add(Diagnostic.error(
                    Code.DEPLOY_PLATFORM,
                    place,
                    "Cannot find the job jar in 'artifacts': the relative path '" + options.artifacts()
                            + "' depends on where the script is started",
                    "Use an absolute path, such as /srv/ingot, or an address such as s3a://bucket/ingot."));
        }
        if (deployment.hasSecretReferences() && !options.inFolder()) {
            diagnostics.add(Diagnostic.warning(
                    Code.DEPLOY_PLATFORM,
                    place,
                    "Cannot put the job jar on the class path where Hadoop looks for the secret resolver: 'artifacts'"
                            + " is '" + options.artifacts() + "', not a local folder of every machine",
                    "Put the job jar into Spark's 'jars' folder, or into the image."));
        }
        Connectors.of(options.artifacts())
                .filter(connector -> options.dependencies() == Dependencies.MAVEN)
                .ifPresent(connector -> diagnostics.add(Diagnostic.error(
                        Code.DEPLOY_PLATFORM,
                        place,
                        "Cannot start the job jar in 'artifacts', '" + options.artifacts()
                                + "': spark-submit opens it before it downloads " + connector + " from Maven",
                        "Use a folder on a file system that Spark can already read, such as /srv/ingot, or add Delta"
                                + " and " + connector + " to Spark's jars and set 'dependencies: provided'.")));
    }
}
