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

/** Databricks' jobs: as a bundle for Databricks' own command line, or straight to a workspace. */
public final class Databricks implements Platform<Databricks.Options> {

    /** What an environment says under {@code databricks:}. */
    public record Options(
            @Option(
                    description = "The folder of the job jar and the releases: in a volume of Unity Catalog, in the"
                            + " workspace, or in cloud storage.",
                    example = "/Volumes/main/ops/ingot")
            String artifacts,

            @Option(
                    description = "The workspace. Without it there are only files.",
                    example = "https://adb-1.2.azuredatabricks.net")
            Optional<String> host,

            @Option(
                    description = "As whom the jobs run: a service principal's application id, or a user's name.",
                    example = "00000000-0000-0000-0000-000000000000")
            String runAs,

            @Option(
                    description = "A cluster for each run.",
                    example = "{spark_version: 16.4.x-scala2.12, node_type: Standard_D4ds_v5, workers: 2}")
            Optional<Cluster> cluster,

            @Option(description = "Databricks' own compute.", example = "{environment_version: 4}")
            Optional<Serverless> serverless,

            @Option(description = "The id of a cluster that is there.", example = "0923-164208-meows279")
            Optional<String> existingCluster,

            @Option(
                    description =
                            "How often a failed task is tried again, three minutes after it began at the earliest.",
                    defaultValue = "1")
            int retries,

            @Option(description = "After which time a run is ended.", example = "4 hours")
            Optional<Duration> timeout,

            @Option(description = "Whether the schedules wait to be switched on by hand.", defaultValue = "false")
            boolean paused,

            @Option(
                    description = "Who else may do what with the jobs.",
                    example = "[{group: data-eng, level: can_view}]")
            List<Permission> permissions,

            @Option(
                    description = "Whether permissions that others gave stay ('merge') or go ('replace').",
                    defaultValue = "merge")
            PermissionsMode permissionsMode,

            @Option(
                    description = "The catalog of Unity Catalog for which a file of SQL is written that registers the"
                            + " tables as catalog.layer.table.",
                    example = "main")
            Optional<String> catalog) {

        /** What becomes of permissions that Ingot did not give. */
        public enum PermissionsMode {
            MERGE,
            REPLACE
        }

        static final Pattern APPLICATION_ID = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
        private static final Pattern FOLDER =
                Pattern.compile("(/Volumes/[^/]+/[^/]+/[^/]+|/Workspace/[^/]+|(abfss|s3|gs)://[^/]+)(/[^/]+)*");
        private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./:@+-]+");

        public Options {
            Objects.requireNonNull(artifacts, "artifacts");
            Objects.requireNonNull(host, "host");
            Objects.requireNonNull(runAs, "runAs");
            Objects.requireNonNull(timeout, "timeout");
            permissions = List.copyOf(permissions);
            Objects.requireNonNull(permissionsMode, "permissionsMode");
            Objects.requireNonNull(catalog, "catalog");
            if (!FOLDER.matcher(artifacts).matches()
                    || !PLAIN.matcher(artifacts).matches()) {
                throw new IllegalArgumentException("'artifacts' must be a folder such as '/Volumes/main/ops/ingot',"
                        + " '/Workspace/Shared/ingot' or 'abfss://ops@account.dfs.core.windows.net/ingot', not '"
                        + artifacts + "'" + (artifacts.contains("dbfs") ? "; DBFS takes no jars any more" : ""));
            }
            if (host.isPresent() && !host.get().matches("https?://[^/]+/?")) {
                throw new IllegalArgumentException(
                        "'host' must be an address such as 'https://adb-1.2.azuredatabricks.net', not '" + host.get()
                                + "'");
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
                throw new IllegalArgumentException("it needs one of 'cluster', 'serverless' and 'existing_cluster'");
            }
            if (artifacts.startsWith("/Workspace/")
                    && cluster.filter(one -> one.securityMode() == Cluster.SecurityMode.NONE)
                            .isPresent()) {
                throw new IllegalArgumentException(
                        "a cluster with 'security_mode: none' takes no jar from '/Workspace';"
                                + " use 'dedicated', or keep the 'artifacts' in cloud storage");
            }
            if (retries < 0) {
                throw new IllegalArgumentException("'retries' must be at least 0");
            }
        }

        /** The identity of the runs under the word that Databricks has for its kind. */
        Map<String, Object> identity() {
            return Map.of(runsAsPrincipal() ? "service_principal_name" : "user_name", runAs);
        }

        private boolean runsAsPrincipal() {
            return APPLICATION_ID.matcher(runAs).matches();
        }
    }

    @Override
    public String name() {
        return "databricks";
    }

    @Override
    public String summary() {
        return "Jobs of Databricks, as a bundle or straight to a workspace.";
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
