package dev.ingot.deploy.databricks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ingot.deploy.FileSchema;
import dev.ingot.deploy.TextFiles;
import dev.ingot.diagnostics.Diagnostic;
import dev.ingot.diagnostics.Diagnostics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** Compares the files of small projects with golden files. */
class DatabricksFilesTest {

    @TempDir
    private Path folder;

    @Test
    void writesABundleWithExplicitDefaults() {
        Map<String, String> files = new SampleProject(folder)
                .options(
                        "host: https://adb-1.2.azuredatabricks.net",
                        "retries: 2",
                        "timeout: 4 hours",
                        "permissions: [{group: data-eng, level: can_manage_run}]",
                        "catalog: main")
                .environment("spark: {spark.sql.shuffle.partitions: 16}\n")
                .declared()
                .files(new Diagnostics());

        assertEquals(
                List.of(
                        "deploy/databricks/prod/databricks.yml",
                        "deploy/databricks/prod/resources/shop.job.yml",
                        "deploy/databricks/prod/unity_catalog.sql"),
                List.copyOf(files.keySet()));
        files.forEach((name, text) -> assertEquals(
                TextFiles.readResource(DatabricksFilesTest.class, Path.of(name).getFileName() + ".golden"),
                text,
                name));
    }

    @Test
    void warnsAboutSecretsThatTheClusterDoesNotResolve() {
        String setting = "spark: {spark.hadoop.fs.key: '${secret:kv/key}'}\n";
        assertEquals(
                "conf/env/prod.yml  warning DEPLOY-001  Hadoop may be unable to read the secret in spark.hadoop.fs.key:"
                        + " Databricks starts its JVMs without the job jar, which resolves secrets, on the class path\n"
                        + "    Keep them in a scope with 'provider: databricks', which the cluster resolves, or use a"
                        + " cluster policy with an init script that copies the job jar to /databricks/jars.",
                warnings(setting
                        + "secrets: {kv: {provider: azure_key_vault, vault: 'https://acme.vault.azure.net'}}\n"));
        assertEquals("", warnings(setting + "secrets: {kv: {provider: databricks}}\n"));
    }

    private String warnings(String environment) {
        Diagnostics diagnostics = new Diagnostics();
        new SampleProject(folder).environment(environment).declared().files(diagnostics);
        return diagnostics.all().stream().map(Diagnostic::render).collect(Collectors.joining("\n"));
    }

    @Test
    void addsTheJarToTheServerlessEnvironmentAndNotToTheTasks() {
        JsonNode job = job(new SampleProject(folder).compute("serverless: {environment_version: 5}"));

        assertEquals(
                "[{\"environment_key\":\"main\",\"spec\":{\"environment_version\":\"5\",\"java_dependencies\":"
                        + "[\"/Volumes/main/ops/ingot/ingot-job_2.13-0.1.0.jar\"]}}]",
                job.path("environments").toString());
        assertEquals("main", job.at("/tasks/0/environment_key").asText());
        assertFalse(job.path("tasks").get(0).has("libraries"));
        assertTrue(job.at("/tasks/0/disable_auto_optimization").asBoolean());
        assertFalse(job.has("job_clusters"));
    }

    @Test
    void refersToAnExistingClusterInEachTask() {
        JsonNode job = job(new SampleProject(folder).compute("existing_cluster: 0923-164208-meows279"));

        assertEquals(
                "0923-164208-meows279", job.at("/tasks/1/existing_cluster_id").asText());
        assertEquals(
                "/Volumes/main/ops/ingot/ingot-job_2.12-0.1.0.jar",
                job.at("/tasks/1/libraries/0/jar").asText());
        assertFalse(job.has("job_clusters"));
    }

    @Test
    void supportsAutoscalingAndSingleNodeClusters() {
        JsonNode autoscaling = job(new SampleProject(folder)
                .compute("cluster: {spark_version: v, node_type: n, autoscale: {min: 1, max: 4}, security_mode:"
                        + " standard}"));
        assertEquals(
                "{\"spark_version\":\"v\",\"node_type_id\":\"n\",\"autoscale\":{\"min_workers\":1,\"max_workers\":4},"
                        + "\"data_security_mode\":\"USER_ISOLATION\",\"spark_conf\":{}}",
                autoscaling.at("/job_clusters/0/new_cluster").toString());

        JsonNode single =
                job(new SampleProject(folder).compute("cluster: {spark_version: v, node_type: n, workers: 0}"));
        assertEquals(
                "{\"spark_version\":\"v\",\"node_type_id\":\"n\",\"num_workers\":0,"
                        + "\"data_security_mode\":\"SINGLE_USER\","
                        + "\"custom_tags\":{\"ResourceClass\":\"SingleNode\"},"
                        + "\"spark_conf\":{\"spark.databricks.cluster.profile\":\"singleNode\","
                        + "\"spark.master\":\"local[*]\"}}",
                single.at("/job_clusters/0/new_cluster").toString());
    }

    @Test
    void writesServicePrincipalsAndPausedSchedules() {
        JsonNode job = job(new SampleProject(folder)
                .runAs("00000000-1111-2222-3333-444444444444")
                .options("paused: true"));

        assertEquals(
                "{\"service_principal_name\":\"00000000-1111-2222-3333-444444444444\"}",
                job.path("run_as").toString());
        assertEquals("PAUSED", job.at("/schedule/pause_status").asText());
    }

    @Test
    void tagsAreValidOnEveryCloudAndUnique() {
        String value = Tags.value("Caf\u00e9 Nord & S\u00fcd/prod_eu/" + "x".repeat(100));

        assertTrue(value.matches("[a-z0-9-]{1,63}"), value);
        assertNotEquals(Tags.value("shop/prod_eu"), Tags.value("shop/prod-eu"));
    }

    /**
     * Validates against Databricks' own schema of bundles, {@code bundle/schema/jsonschema.json} of the Databricks CLI.
     * Its license does not allow to include it in this project.
     */
    @Test
    @EnabledIfSystemProperty(
            named = "ingot.databricks.schema",
            matches = ".+",
            disabledReason = "Databricks' own schema of bundles is not set: -Dingot.databricks.schema=FILE")
    void filesAreValidInDatabricksOwnSchema() throws IOException {
        FileSchema schema = FileSchema.of(Files.readString(Path.of(System.getProperty("ingot.databricks.schema"))));
        for (String compute : List.of(
                SampleProject.CLUSTER,
                "serverless: {environment_version: 4}",
                "existing_cluster: 0923-164208-meows279")) {
            Map<String, String> files = new SampleProject(folder)
                    .compute(compute)
                    .options("timeout: 4 hours", "permissions: [{group: data-eng, level: can_view}]")
                    .declared()
                    .files(new Diagnostics());
            files.forEach((name, text) -> assertEquals(List.of(), schema.mistakes(TextFiles.readYaml(text)), name));
        }
    }

    private static JsonNode job(SampleProject project) {
        String text = project.declared().files(new Diagnostics()).get("deploy/databricks/prod/resources/shop.job.yml");
        return TextFiles.readYaml(text).at("/resources/jobs/shop");
    }
}
