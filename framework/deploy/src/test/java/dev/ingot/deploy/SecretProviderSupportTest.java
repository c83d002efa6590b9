package dev.ingot.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.ingot.diagnostics.Diagnostics;
import dev.ingot.diagnostics.IngotException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Secret providers that jobs cannot reach are rejected before deployment, on every platform. */
class SecretProviderSupportTest {

    private static final String DATABRICKS = "databricks: {artifacts: /Volumes/main/ops/ingot, run_as: ada@example.com,"
            + " host: 'https://127.0.0.1', cluster: {spark_version: v, node_type: n, workers: 2}}";
    private static final String SYNAPSE =
            "synapse: {artifacts: 'abfss://jobs@acct.dfs.core.windows.net/ingot', workspace: w, pool: p}";

    private static final Map<String, String> PLATFORMS = Map.of(
            "databricks", DATABRICKS,
            "synapse", SYNAPSE,
            "local", "local: {artifacts: /srv/ingot, dependencies: provided}",
            "cron", "cron: {command: /opt/ingot/ingot, releases: /srv/ingot, timezone: UTC}",
            "systemd", "systemd: {command: /opt/ingot/ingot, releases: /srv/ingot}",
            "airflow", "airflow: {spark_submit: {files: /srv/ingot}}",
            "airflow of databricks", "airflow: {databricks: {connection: there}}",
            "airflow of synapse", "airflow: {synapse: {endpoint: 'https://example.dev.azuresynapse.net'}}");

    @TempDir
    private Path folder;

    private DeploymentTarget<?> declared(String declaration, String provider) throws IOException {
        return new SampleDeployment(folder, """
                lake: abfss://lake@acct.dfs.core.windows.net/earthquakes
                secrets: {etl: {provider: %s}}
                spark: {spark.hadoop.fs.key: '${secret:etl/key}'}
                deploy:
                  schedule: {cron: "0 6 * * *"}
                  %s
                """.formatted(
                        provider.equals("synapse") ? "synapse, vault: acme" : provider, PLATFORMS.get(declaration)))
                .declared(declaration.replaceFirst(" .*", ""));
    }

    @ParameterizedTest
    @CsvSource({
        "databricks, env",
        "databricks, synapse",
        "synapse, env",
        "synapse, databricks",
        "local, databricks",
        "cron, synapse",
        "systemd, databricks",
        "airflow, databricks",
        "airflow, synapse",
        "airflow of databricks, env",
        "airflow of databricks, synapse",
        "airflow of synapse, env",
        "airflow of synapse, databricks"
    })
    void rejectsUnreachableProvidersWithTheSameMessage(String declaration, String provider) throws IOException {
        DeploymentTarget<?> declared = declared(declaration, provider);

        String message = assertThrows(IngotException.class, () -> declared.files(new Diagnostics()))
                .getMessage();

        assertEquals(
                "conf/env/prod.yml  error DEPLOY-001  Cannot read the secrets of the scope 'etl' on '"
                        + declared.platform().name() + "': jobs there cannot reach the provider '" + provider + "'",
                message.lines().findFirst().orElseThrow());
    }

    @ParameterizedTest
    @CsvSource({
        "databricks, databricks",
        "synapse, synapse",
        "local, env",
        "cron, env",
        "systemd, env",
        "airflow, env",
        "airflow of databricks, databricks",
        "airflow of synapse, synapse"
    })
    void acceptsReachableProviders(String declaration, String provider) throws IOException {
        Diagnostics diagnostics = new Diagnostics();

        declared(declaration, provider).files(diagnostics);

        diagnostics.throwIfErrors();
    }

    @ParameterizedTest
    @CsvSource({"databricks", "synapse"})
    void doesNotStartRunsWithUnreachableProviders(String platform) throws IOException {
        DeploymentTarget<?> declared = declared(platform, "env");

        assertThrows(IngotException.class, () -> declared.workspace(new Artifacts(folder, folder), Map.of()));
    }
}
