package dev.ingot.deploy.synapse;

import dev.ingot.config.SecretScope;
import dev.ingot.deploy.Artifacts;
import dev.ingot.deploy.Deployment;
import dev.ingot.deploy.Platform;
import dev.ingot.deploy.SecretProviderSupport;
import dev.ingot.deploy.Workspace;
import dev.ingot.deploy.livy.LivyClient;
import dev.ingot.deploy.rest.RestService;
import dev.ingot.deploy.rest.RetryPolicy;
import dev.ingot.diagnostics.Diagnostics;
import dev.ingot.options.Option;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Deploys to Azure Synapse Analytics, with Spark 3.5 pools. */
public final class Synapse implements Platform<Synapse.Options> {

    /** The settings of an environment for the workspace that runs its jobs. */
    public record Options(
            @Option(
                    description = "The folder in ADLS Gen2 with the job jar and the releases.",
                    example = "abfss://jobs@account.dfs.core.windows.net/ingot")
            String artifacts,

            @Option(description = "The workspace's name.", example = "acme-data")
            String workspace,

            @Option(description = "The Spark pool that runs the jobs.", example = "spark35")
            String pool,

            @Option(
                    description = "The size of the pool's nodes; driver and executors use a node each.",
                    defaultValue = "small")
            NodeSize nodeSize,

            @Option(description = "The number of executors of a job.", defaultValue = "2")
            int executors,

            @Option(description = "How often a failed task is retried.", defaultValue = "1")
            int retries,

            @Option(description = "The timeout of a task.", defaultValue = "2 hours")
            Duration timeout,

            @Option(
                    description =
                            "The folder in which Synapse Studio shows the artifacts; default: the project's" + " name.",
                    example = "lakehouse/daily")
            Optional<String> folder,

            @Option(
                    description = "The serverless SQL database that shows the tables of the last layer as views.",
                    example = "{database: lakehouse}")
            Optional<Sql> sql,

            @Option(
                    description = "The version of the Livy interface that jobs are submitted through.",
                    defaultValue = "2019-11-01-preview")
            String apiVersion) {

        private static final Duration MAX_TIMEOUT = Duration.ofDays(7);

        public Options {
            if (!AbfssUri.isAddress(artifacts) || artifacts.endsWith("/")) {
                throw new IllegalArgumentException("'artifacts' must be an address such as"
                        + " abfss://jobs@account.dfs.core.windows.net/ingot, without a trailing slash, not '"
                        + artifacts + "'");
            }
            require(NAME.matcher(workspace).matches(), "workspace", workspace);
            require(NAME.matcher(pool).matches(), "pool", pool);
            if (executors < 1) {
                throw new IllegalArgumentException("'executors' must be at least 1, not " + executors);
            }
            if (retries < 0) {
                throw new IllegalArgumentException("'retries' must be at least 0, not " + retries);
            }
            if (timeout.compareTo(MAX_TIMEOUT) > 0) {
                throw new IllegalArgumentException("'timeout' must be at most 7 days");
            }
        }
    }

    /** A serverless SQL database. */
    public record Sql(
            @Option(description = "The database's name.", example = "lakehouse")
            String database,

            @Option(
                    description = "The external data source whose location is the lake; default: views contain the"
                            + " lake's address.",
                    example = "lake")
            Optional<String> dataSource) {

        public Sql {
            require(NAME.matcher(database).matches(), "database", database);
        }
    }

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,99}");

    private final Function<String, URI> address;
    private final RetryPolicy pace;

    public Synapse() {
        this(host -> URI.create("https://" + host), RetryPolicy.DEFAULT);
    }

    /**
     * Creates the platform with other addresses, for tests.
     *
     * @param address returns the base URI of a host
     */
    Synapse(Function<String, URI> address, RetryPolicy pace) {
        this.address = Objects.requireNonNull(address, "address");
        this.pace = Objects.requireNonNull(pace, "pace");
    }

    @Override
    public String name() {
        return "synapse";
    }

    @Override
    public String summary() {
        return "Azure Synapse: pipelines, triggers and Spark job definitions for the workspace's git repository.";
    }

    @Override
    public Class<Options> options() {
        return Options.class;
    }

    @Override
    public Set<SecretScope.Provider> secretProviders(Options options) {
        return SecretProviderSupport.ON_SYNAPSE;
    }

    @Override
    public SortedMap<String, String> files(Deployment deployment, Options options, Diagnostics diagnostics) {
        return new WorkspaceFiles(deployment, options, diagnostics).all();
    }

    @Override
    public void check(Map<String, String> files, Diagnostics diagnostics) {
        new WorkspaceCheck(files, diagnostics).run();
    }

    @Override
    public Optional<Workspace> workspace(
            Deployment deployment, Options options, Artifacts artifacts, Map<String, String> processEnvironment) {
        AdlsFolder storage = new AdlsFolder(
                AbfssUri.of(options.artifacts()),
                address,
                new EntraToken(processEnvironment, "https://storage.azure.com"),
                pace);
        LivyClient livy =
                new LivyClient(livy(options), new EntraToken(processEnvironment, "https://dev.azuresynapse.net"), pace);
        return Optional.of(
                new SynapseWorkspace(deployment, options, new ArtifactUploads(storage, deployment, artifacts), livy));
    }

    private RestService livy(Options options) {
        return new RestService(
                "Synapse",
                URI.create(address.apply(options.workspace() + ".dev.azuresynapse.net") + "/livyApi/versions/"
                        + options.apiVersion() + "/sparkPools/" + options.pool()),
                Map.of(),
                "Check that AZURE_TENANT_ID, AZURE_CLIENT_ID and AZURE_CLIENT_SECRET are those of the workspace's tenant.",
                "Grant this identity the role 'Synapse Compute Operator' on the pool '" + options.pool()
                        + "', or 'Synapse Apache Spark Administrator'; Studio shows roles under Manage > Access control.",
                "Check 'workspace', 'pool' and 'api_version' under 'deploy: {synapse: ...}'.");
    }

    private static void require(boolean valid, String option, String value) {
        if (!valid) {
            throw new IllegalArgumentException("'" + option
                    + "' must be letters, digits, '_' and '-', starting with a letter or a digit, not '" + value + "'");
        }
    }
}
