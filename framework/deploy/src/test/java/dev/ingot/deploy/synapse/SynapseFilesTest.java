package dev.ingot.deploy.synapse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ingot.diagnostics.Diagnostic;
import dev.ingot.diagnostics.Diagnostics;
import dev.ingot.diagnostics.IngotException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SynapseFilesTest {

    private static final String FOLDER = "deploy/synapse/prod/";

    @TempDir
    private Path root;

    private static String golden(String name) throws IOException {
        try (InputStream file = SynapseFilesTest.class.getResourceAsStream("golden/" + name)) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private String refusal(SmallProject project) {
        return assertThrows(IngotException.class, () -> project.declared().files(new Diagnostics()))
                .getMessage();
    }

    @Test
    void generatesTheArtifactsOfAWorkspace() throws IOException {
        SortedMap<String, String> files =
                new SmallProject(root).environment("""
                        sql: {database: lakehouse}
                        """).declared().files(new Diagnostics());
        List<String> expected = List.of(
                "linkedService/vault.json",
                "pipeline/shop.json",
                "sparkJobDefinition/shop.json",
                "sqlscript/lakehouse_gold_views.json",
                "trigger/shop.json");
        assertEquals(
                expected.stream().map(name -> FOLDER + name).toList(),
                files.keySet().stream().toList());
        for (String name : expected) {
            assertEquals(golden(name), files.get(FOLDER + name), name);
        }
    }

    @Test
    void generatesTheSameBytesForTheSameProject() {
        SmallProject project = new SmallProject(root);
        assertEquals(
                project.declared().files(new Diagnostics()), project.declared().files(new Diagnostics()));
    }

    @Test
    void generatesNoTriggerWithoutASchedule() {
        SortedMap<String, String> files =
                new SmallProject(root).environmentFile("""
                        lake: abfss://lake@acct.dfs.core.windows.net/shop
                        deploy:
                          synapse: {artifacts: "abfss://jobs@acct.dfs.core.windows.net/ingot", workspace: w, pool: p}
                        """).declared().files(new Diagnostics());
        assertEquals(
                List.of(FOLDER + "pipeline/shop.json", FOLDER + "sparkJobDefinition/shop.json"),
                files.keySet().stream().toList());
    }

    @Test
    void rejectsSettingsThatAPoolDoesNotSupport() {
        String message = refusal(new SmallProject(root).environmentFile("""
                        lake: /srv/lake
                        spark: {spark.master: "local[*]"}
                        deploy:
                          synapse: {artifacts: "abfss://jobs@acct.dfs.core.windows.net/ingot", workspace: w, pool: p}
                        """));
        assertEquals("""
                conf/env/prod.yml  error DEPLOY-001  Cannot deploy the lake '/srv/lake' to Synapse: its pools reach ADLS Gen2 only
                    Use an address such as 'lake: abfss://lake@account.dfs.core.windows.net/sales'.
                conf/env/prod.yml  error DEPLOY-001  Cannot deploy 'spark.master' to Synapse: the job would leave its pool
                    Remove it from 'spark:'; the pool determines which Spark runs the job.""", message);
    }

    @Test
    void warnsOfSecretsInSettings() {
        Diagnostics diagnostics = new Diagnostics();
        new SmallProject(root).environmentFile("""
                        lake: abfss://lake@acct.dfs.core.windows.net/shop
                        secrets:
                          kv: {provider: synapse, vault: acme, linked_service: vault}
                        spark:
                          spark.hadoop.fs.azure.account.key.other: "${secret:kv/other}"
                        deploy:
                          synapse: {artifacts: "abfss://jobs@acct.dfs.core.windows.net/ingot", workspace: w, pool: p}
                        """).declared().files(diagnostics);
        assertEquals("""
                conf/env/prod.yml  warning DEPLOY-001  Hadoop may be unable to read the secret in\
                 spark.hadoop.fs.azure.account.key.other: Synapse starts its JVMs without the job jar, which resolves\
                 secrets, on the class path
                    Read the storage through a linked service of the workspace, which needs no secret here, or\
                 add the job jar to the pool as a workspace package.""", diagnostics.all().stream().map(Diagnostic::render).collect(Collectors.joining("\n")));
    }

    @Test
    void doesNotWarnWithoutSecretsInSettings() {
        Diagnostics diagnostics = new Diagnostics();
        new SmallProject(root).declared().files(diagnostics);
        assertEquals(List.of(), diagnostics.all());
    }

    @Test
    void rejectsAPipelineWithTooManyActivities() {
        SmallProject project = new SmallProject(root);
        IntStream.range(0, 78).forEach(number -> project.pipeline("more" + number, """
                name: more%s
                source:
                  rows: [{id: '1'}]
                  read: all
                target: {layer: bronze, mode: append}
                """.formatted(number)));
        assertEquals("""
                conf/env/prod.yml  error DEPLOY-001  Cannot create a pipeline for the job 'shop': it has 81 tasks, and a\
                 pipeline can have at most 80 activities
                    Set 'tasks: layer' under 'deploy:', which creates one task for each layer.""", refusal(project));
    }

    @Test
    void rejectsATooLongTaskName() {
        String name = "t".repeat(60);
        assertEquals("""
                conf/env/prod.yml  error DEPLOY-001  Cannot create an activity for the task 'bronze_%s': its name has 67\
                 characters, and an activity's name can have at most 55
                    Set 'tasks: layer' under 'deploy:', which creates one task for each layer.""".formatted(name), refusal(new SmallProject(root).pipeline("long", """
                        name: %s
                        source:
                          rows: [{id: '1'}]
                          read: all
                        target: {layer: bronze, mode: append}
                        """.formatted(name))));
    }

    @Test
    void rejectsAnUnsupportedScheduleAtItsPlace() {
        SmallProject project = new SmallProject(root).pipeline("orders", """
                name: orders
                schedule: {cron: "0 6 1 * 1", timezone: Antarctica/Troll}
                source: {table: bronze.orders_raw}
                target: {layer: silver, mode: merge, keys: [id]}
                """);
        assertEquals("""
                pipelines/orders.yml:1:7  error DEPLOY-002  Cannot express the schedule '0 6 1 * 1' of the job\
                 'shop_silver_orders' for Synapse: no Windows time zone is known for 'Antarctica/Troll'
                    Use a city with the same time, such as Europe/Berlin or America/New_York, or UTC.
                pipelines/orders.yml:1:7  error DEPLOY-002  Cannot express the schedule '0 6 1 * 1' of the job\
                 'shop_silver_orders' for Synapse: it means days that match either the day of month or the day of week, and a\
                 trigger supports only one of both
                    Restrict only one of them, as in '0 6 1 * *' or '0 6 * * 1'.""", refusal(project));
    }

    @Test
    void rejectsInvalidOptions() {
        String message = refusal(new SmallProject(root).environment("executors: 0"));
        assertTrue(
                message.endsWith("Cannot read the platform 'synapse': 'executors' must be at least 1, not 0"), message);
        message = refusal(new SmallProject(root).environment("timeout: 8 days"));
        assertTrue(message.endsWith("Cannot read the platform 'synapse': 'timeout' must be at most 7 days"), message);
        message = refusal(new SmallProject(root).environment("node_size: tiny"));
        assertTrue(message.contains("accepted: small, medium, large"), message);
    }

    @Test
    void sizesDriverAndExecutorsByTheNodes() {
        String definition = new SmallProject(root)
                .environment("node_size: medium\nexecutors: 5")
                .declared()
                .files(new Diagnostics())
                .get(FOLDER + "sparkJobDefinition/shop.json");
        assertTrue(definition.contains("\"driverMemory\" : \"56g\""), definition);
        assertTrue(definition.contains("\"executorCores\" : 8"), definition);
        assertTrue(definition.contains("\"numExecutors\" : 5"), definition);
    }
}
