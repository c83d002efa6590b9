package dev.ingot.deploy.databricks;

import dev.ingot.config.SecretScope;
import dev.ingot.deploy.Artifacts;
import dev.ingot.deploy.Deployment;
import dev.ingot.deploy.Platform;
import dev.ingot.deploy.SecretProviderSupport;
import dev.ingot.deploy.Workspace;
import dev.ingot.diagnostics.Diagnostics;
import dev.ingot.options.Option;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Deploys jobs to Databricks: as a bundle for the Databricks CLI, or directly to a workspace. */
public final class Databricks implements Platform<Databricks.Options> {

    /** The options of an environment's {@code databricks:} section. */
    public record Options(
            @Option(
                    description = "The folder of the job jar and the releases: in a volume of Unity Catalog, in the"
                            + " workspace, or in cloud storage.",
                    example = "/Volumes/main/ops/ingot")
            String artifacts,

            @Option(
                    description = "The URL of the workspace. Without it only files are generated.",
                    example = "https://adb-1.2.azuredatabricks.net")
            Optional<String> host,

            @Option(
                    description = "The identity that the jobs run as: a service principal's application id, or a user's"
                            + " name.",
                    example = "00000000-0000-0000-0000-000000000000")
            String runAs,

            @Option(
                    description = "A job cluster, created for each run.",
                    example = "{spark_version: 16.4.x-scala2.12, node_type: Standard_D4ds_v5, workers: 2}")
            Optional<Cluster> cluster,

            @Option(description = "Serverless compute.", example = "{environment_version: 4}")
            Optional<Serverless> serverless,

            @Option(description = "The id of an existing cluster.", example = "0923-164208-meows279")
            Optional<String> existingCluster,

            @Option(
                    description = "How often a failed task is retried, at the earliest three minutes after its start.",
                    defaultValue = "1")
            int retries,

            @Option(description = "The timeout after which a run is ended.", example = "4 hours")
            Optional<Duration> timeout,

            @Option(
                    description = "Whether the schedules are deployed paused, to be enabled manually.",
                    defaultValue = "false")
            boolean paused,

            @Option(description = "Further permissions on the jobs.", example = "[{group: data-eng, level: can_view}]")
            List<Permission> permissions,

            @Option(
                    description =
                            "Whether permissions granted outside Ingot are kept ('merge') or removed ('replace').",
                    defaultValue = "merge")
            PermissionsMode permissionsMode,

            @Option(
                    description = "The catalog of Unity Catalog. With it, an SQL file is generated that registers the"
                            + " tables as catalog.layer.table.",
                    example = "main")
            Optional<String> catalog) {

        /** The policy for permissions that Ingot did not grant. */
        public enum PermissionsMode {
            MERGE,
            REPLACE
        }

        static final Pattern APPLICATION_ID = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
        private static final Pattern ARTIFACTS_FOLDER =
                Pattern.compile("(/Volumes/[^/]+/[^/]+/[^/]+|/Workspace/[^/]+|(abfss|s3|gs)://[^/]+)(/[^/]+)*");
        private static final Pattern SAFE_CHARACTERS = Pattern.compile("[A-Za-z0-9_./:@+-]+");

        public Options {
            Objects.requireNonNull(artifacts, "artifacts");
            Objects.requireNonNull(host, "host");
            Objects.requireNonNull(runAs, "runAs");
            Objects.requireNonNull(timeout, "timeout");
            permissions = List.copyOf(permissions);
            Objects.requireNonNull(permissionsMode, "permissionsMode");
            Objects.requireNonNull(catalog, "catalog");
            if (!ARTIFACTS_FOLDER.matcher(artifacts).matches()
                    || !SAFE_CHARACTERS.matcher(artifacts).matches()) {
                throw new IllegalArgumentException("'artifacts' must be a folder such as '/Volumes/main/ops/ingot',"
                        + " '/Workspace/Shared/ingot' or 'abfss://ops@account.dfs.core.windows.net/ingot', not '"
                        + artifacts + "'" + (artifacts.contains("dbfs") ? "; DBFS no longer supports jars" : ""));
            }
            if (host.isPresent() && !host.get().matches("https?://[^/]+/?")) {
                throw new IllegalArgumentException(
                        "'host' must be a URL such as 'https://adb-1.2.azuredatabricks.net', not '" + host.get() + "'");
            }
            if (!runAs.contains("@") && !APPLICATION_ID.matcher(runAs).matches()) {
                throw new IllegalArgumentException(
                        "'run_as' must be a user's name such as 'ada@example.com' or a service"
                                + " principal's application id, not '" + runAs + "'");
            }
            if (Stream.of(cluster, serverless, existingCluster)
                            .filter(Optional::isPresent)
                            .count()
                    != 1) {
                throw new IllegalArgumentException(
                        "exactly one of 'cluster', 'serverless' and 'existing_cluster' is required");
            }
            if (artifacts.startsWith("/Workspace/")
                    && cluster.filter(one -> one.securityMode() == Cluster.SecurityMode.NONE)
                            .isPresent()) {
                throw new IllegalArgumentException(
                        "a cluster with 'security_mode: none' cannot load a jar from '/Workspace';"
                                + " use 'dedicated', or set 'artifacts' to a folder in cloud storage");
            }
            if (retries < 0) {
                throw new IllegalArgumentException("'retries' must be at least 0");
            }
        }

        /** Returns the {@code run_as} identity under Databricks' key for its kind. */
        Map<String, Object> runAsIdentity() {
            return Map.of(isServicePrincipal() ? "service_principal_name" : "user_name", runAs);
        }

        private boolean isServicePrincipal() {
            return APPLICATION_ID.matcher(runAs).matches();
        }
    }

    @Override
    public String name() {
        return "databricks";
    }

    @Override
    public String summary() {
        return "Databricks jobs, as a bundle or deployed directly to a workspace.";
    }

    @Override
    public Class<Options> options() {
        return Options.class;
    }

    @Override
    public Set<SecretScope.Provider> secretProviders(Options options) {
        return SecretProviderSupport.ON_DATABRICKS;
    }

    @Override
    public SortedMap<String, String> files(Deployment deployment, Options options, Diagnostics diagnostics) {
        new Preflight(deployment, options, diagnostics).check();
        return new Bundle(deployment, options, diagnostics).files();
    }

    @Override
    public void check(Map<String, String> files, Diagnostics diagnostics) {
        new BundleCheck(diagnostics).check(files);
    }

    @Override
    public Optional<Workspace> workspace(
            Deployment deployment, Options options, Artifacts artifacts, Map<String, String> processEnvironment) {
        return options.host()
                .map(host -> DatabricksWorkspace.of(deployment, options, artifacts, host, processEnvironment));
    }
}
