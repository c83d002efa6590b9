package dev.ingot.deploy.airflow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ingot.deploy.SampleDeployment;
import dev.ingot.diagnostics.Diagnostic;
import dev.ingot.diagnostics.Diagnostics;
import dev.ingot.diagnostics.IngotException;
import dev.ingot.testkit.Tools;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AirflowTest {

    private static final String SPARK_SUBMIT = "spark_submit: {files: 's3a://jobs/ingot'}";
    private static final String FILE = "deploy/airflow/prod/dags/earthquakes-prod.py";

    @TempDir
    private Path folder;

    private SampleDeployment sample(String settings, String airflow) throws IOException {
        return new SampleDeployment(folder, """
                lake: abfss://lake@exampleprod.dfs.core.windows.net/earthquakes
                spark: {spark.sql.shuffle.partitions: 64}
                deploy:
                  %s
                  airflow: {%s}
                """.formatted(settings, airflow));
    }

    private String file(String settings, String airflow) throws IOException {
        SortedMap<String, String> files =
                sample(settings, airflow).declared("airflow").files(new Diagnostics());
        assertEquals(List.of(FILE), List.copyOf(files.keySet()));
        return files.get(FILE);
    }

    private ImportedDag imported(String settings, String airflow, int version) throws Exception {
        ImportedDag dag = ImportedDag.of(folder, file(settings, airflow), version);
        assertFalse(dag.declaration().has("error"), dag.declaration().toString());
        return dag;
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void submitsATaskForEachPipelineInPlanOrder(int version) throws Exception {
        ImportedDag dag = imported("schedule: {cron: '0 6 * * *', timezone: Europe/Berlin}", SPARK_SUBMIT, version);

        assertEquals(
                new TreeMap<>(Map.ofEntries(
                        Map.entry("bronze.events_raw", ""),
                        Map.entry("bronze.networks", ""),
                        Map.entry("bronze.region_names", ""),
                        Map.entry("silver.networks", "bronze.networks"),
                        Map.entry("silver.event_revisions", "bronze.events_raw"),
                        Map.entry("silver.events", "bronze.events_raw bronze.region_names silver.networks"),
                        Map.entry("silver.event_networks", "silver.events silver.networks"),
                        Map.entry("gold.magnitude_reviews", "silver.event_revisions"),
                        Map.entry("gold.activity_by_network", "silver.events silver.networks"),
                        Map.entry("gold.blasts_by_hour", "silver.events"),
                        Map.entry("gold.strongest_by_region_day", "silver.events"))),
                dag.upstream());
        JsonNode task = dag.task("gold.blasts_by_hour");
        assertEquals("SparkSubmitOperator", task.get("operator").asText());
        assertEquals(
                "[\"run\",\"gold.blasts_by_hour\",\"--project\",\"s3a://jobs/ingot/earthquakes-0123abcd.zip\","
                        + "\"--env\",\"prod\",\"--run-id\","
                        + "\"earthquakes-prod_{{ run_id | replace(\\\"+\\\", \\\"_\\\") | replace(\\\"~\\\", \\\"_\\\")"
                        + " | replace(\\\":\\\", \\\"-\\\") }}\","
                        + "\"--date\",\"{{ ds if ds is defined else dag_run.run_after | ds }}\"]",
                task.get("arguments").get("application_args").toString());
        assertEquals(
                "s3a://jobs/ingot/ingot-0.1.0.jar",
                task.get("arguments").get("application").asText());
        assertEquals(
                "dev.ingot.cli.JobMain", task.get("arguments").get("java_class").asText());
        assertEquals(
                "{\"spark.delta.logStore.file.impl\":\"dev.ingot.state.LocalLogStore\","
                        + "\"spark.sql.catalog.spark_catalog\":\"org.apache.spark.sql.delta.catalog.DeltaCatalog\","
                        + "\"spark.sql.extensions\":\"io.delta.sql.DeltaSparkSessionExtension\","
                        + "\"spark.sql.shuffle.partitions\":\"64\"}",
                task.get("arguments").get("conf").toString());
        assertEquals(
                "[{\"name\":\"earthquakes/prod/gold.blasts_by_hour\",\"extra\":{\"address\":"
                        + "\"abfss://lake@exampleprod.dfs.core.windows.net/earthquakes/gold/blasts_by_hour\"}}]",
                task.get("outlets").toString());
        assertEquals("[]", dag.task("silver.events").get("outlets").toString());
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void runsOneDagRunAtATimeAndCatchesUpOnlyOnTheLatestMissedRun(int version) throws Exception {
        JsonNode dag = imported(
                        "schedule: {cron: '0 6 * * *', timezone: Europe/Berlin}",
                        SPARK_SUBMIT + ", retries: 1, pool: spark, owner: 'the \"data\" team',"
                                + " on_failure: company.alerts.page",
                        version)
                .declaration()
                .get("dag");

        assertEquals("earthquakes-prod", dag.get("dag_id").asText());
        assertEquals(
                "{\"cron\":\"0 6 * * *\",\"timezone\":\"Europe/Berlin\"}",
                dag.get("schedule").toString());
        assertEquals("false", dag.get("catchup").toString());
        assertEquals("1", dag.get("max_active_runs").toString());
        assertEquals(
                "{\"owner\":\"the \\\"data\\\" team\",\"pool\":\"spark\",\"retries\":1}",
                dag.get("default_args").toString());
        assertEquals("company.alerts.page", dag.get("on_failure_callback").asText());
    }

    @Test
    void leavesOutTheScheduleOfAManuallyStartedDag() throws Exception {
        assertTrue(imported("tasks: pipeline", SPARK_SUBMIT, 3)
                .declaration()
                .get("dag")
                .get("schedule")
                .isNull());
    }

    @Test
    void importsOnlyWhatIsUsed() throws IOException {
        assertTrue(file("tasks: pipeline", SPARK_SUBMIT)
                .contains("    from airflow.sdk import DAG, Asset, TaskGroup\nexcept"));
        assertTrue(file("tasks: layer", SPARK_SUBMIT).contains("    from airflow.sdk import DAG, Asset\nexcept"));
        assertTrue(
                file("tasks: pipeline", "databricks: {}").contains("    from airflow.sdk import DAG, Asset\nexcept"));
    }

    @Test
    void createsNoGroupsWhenLayersAreTasks() throws Exception {
        ImportedDag dag = imported("tasks: layer", SPARK_SUBMIT + ", retries: 0", 2);

        assertEquals(new TreeMap<>(Map.of("bronze", "", "silver", "bronze", "gold", "silver")), dag.upstream());
        assertEquals(
                "layer:gold",
                dag.task("gold").get("arguments").get("application_args").get(1).asText());
        assertEquals(4, dag.task("gold").get("outlets").size());
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void resubmitsADriverInTheCluster(int version) throws Exception {
        ImportedDag dag = imported(
                "tasks: layer",
                "spark_submit: {files: 'hdfs://jobs', deploy_mode: cluster, packages: ['io.delta:delta-spark_2.12:3.3.2',"
                        + " 'org.apache.hadoop:hadoop-aws:3.3.4']}",
                version);

        assertEquals(
                "{\"retries\":2,\"durable\":false,\"reconnect_on_retry\":false}",
                dag.declaration().get("dag").get("default_args").toString());
        JsonNode arguments = dag.task("bronze").get("arguments");
        assertEquals("cluster", arguments.get("deploy_mode").asText());
        assertEquals(
                "io.delta:delta-spark_2.12:3.3.2,org.apache.hadoop:hadoop-aws:3.3.4",
                arguments.get("packages").asText());
    }

    /** Uses the longest run id of Airflow 3: its longest run type, a timestamp, and 8 letters that make it unique. */
    @Test
    void shortensLongDagNamesToUniqueRunIdPrefixes() {
        String dag = "a".repeat(36);
        String run = "asset_materialization__2026-01-31T06:00:00.123456+00:00_aBcDeFgH";

        assertEquals("a".repeat(35), DagModel.runIdPrefix("a".repeat(35)));
        assertEquals("a".repeat(26) + "-bf8d9240", DagModel.runIdPrefix(dag));
        assertNotEquals(DagModel.runIdPrefix(dag + "-prod"), DagModel.runIdPrefix(dag + "-test"));
        assertEquals(100, (DagModel.runIdPrefix(dag) + "_" + run).length());
    }

    /** Covers what cron parsers read differently: names, a step without an end, day fields that mean every day. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            0 6 * * MON-FRI  | 0 6 * * 1-5
            5/15 */4 * * 1/2 | 5,20,35,50 */4 * * 0-1,3,5
            0 6 1-31 * 1     | 0 6 * * *
            0 6 1 * 0-7      | 0 6 * * *
            0 6 1-31/2 * 1   | 0 6 1,3,5,7,9,11,13,15,17,19,21,23,25,27,29,31 * 1
            0 6 */10 jan *   | 0 6 1,11,21,31 1 *
            """)
    void writesSchedulesAsAirflowParsesThem(String cron, String written) throws Exception {
        assertEquals(
                written,
                imported("schedule: {cron: '" + cron + "'}", SPARK_SUBMIT, 3)
                        .declaration()
                        .at("/dag/schedule/cron")
                        .asText());
    }

    @Test
    void rejectsDaysThatMustMatchBothFields() {
        assertEquals(
                """
                conf/env/prod.yml  error DEPLOY-002  Cannot express the schedule '0 6 */2 * 1' of the job 'earthquakes' for Airflow: it means days that match both the day of month and the day of week, and Airflow runs on days that match either field
                    Use '*' in the third or the fifth field.""",
                assertThrows(IngotException.class, () -> file("schedule: {cron: '0 6 */2 * 1'}", SPARK_SUBMIT))
                        .getMessage());
    }

    @Test
    void warnsThatSecretsNeedTheJobJarAmongSparksJars() throws IOException {
        SampleDeployment sample = sample("tasks: layer", SPARK_SUBMIT);
        sample.write("conf/env/prod.yml", """
                lake: s3a://lake/earthquakes
                secrets: {vault: {provider: env}}
                spark: {spark.hadoop.fs.s3a.secret.key: '${secret:vault/key}'}
                deploy: {airflow: {%s}}
                """.formatted(SPARK_SUBMIT));
        Diagnostics warnings = new Diagnostics();

        sample.declared("airflow").files(warnings);

        assertEquals(
                List.of("""
                conf/env/prod.yml  warning DEPLOY-001  Cannot put the job jar on the class path where Hadoop looks for the secret resolver: Airflow submits it from 's3a://jobs/ingot'
                    Put the job jar into Spark's 'jars' folder on the cluster and on Airflow's workers, or into their images."""), warnings.all().stream().map(Diagnostic::render).toList());
    }

    @Test
    void rejectsAJobJarThatOnlyAPackageCanRead() {
        String airflow = "spark_submit: {files: 's3a://jobs', packages: ['org.apache.hadoop:hadoop-aws:3.3.4']}";

        assertEquals(
                """
                conf/env/prod.yml  error DEPLOY-001  Cannot start the job jar in 'files', 's3a://jobs': spark-submit opens it before it downloads hadoop-aws from 'packages'
                    Add hadoop-aws to the Spark jars of Airflow's workers and remove it from 'packages', or use a folder on a file system that Spark can already read.""",
                assertThrows(IngotException.class, () -> file("tasks: layer", airflow))
                        .getMessage());
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void startsTheWholeJobOnDatabricks(int version) throws Exception {
        ImportedDag dag = imported("tasks: pipeline", "databricks: {connection: lakehouse}", version);

        JsonNode task = dag.task("run");
        assertEquals(1, dag.declaration().get("tasks").size());
        assertEquals("DatabricksRunNowOperator", task.get("operator").asText());
        assertEquals("earthquakes-prod", task.get("arguments").get("job_name").asText());
        assertEquals(
                "lakehouse", task.get("arguments").get("databricks_conn_id").asText());
        assertEquals(
                "{\"run_id\":\"earthquakes-prod_{{ run_id | replace(\\\"+\\\", \\\"_\\\") | replace(\\\"~\\\", \\\"_\\\")"
                        + " | replace(\\\":\\\", \\\"-\\\") }}\","
                        + "\"run_date\":\"{{ ds if ds is defined else dag_run.run_after | ds }}\"}",
                task.get("arguments").get("job_parameters").toString());
        assertEquals(4, task.get("outlets").size());
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void startsTheWholePipelineOnSynapseWithRenderedParameters(int version) throws Exception {
        ImportedDag dag =
                imported("tasks: pipeline", "synapse: {endpoint: 'https://example.dev.azuresynapse.net'}", version);

        JsonNode task = dag.task("run");
        assertEquals("AzureSynapseRunPipelineOperator", task.get("operator").asText());
        assertEquals("earthquakes", task.get("arguments").get("pipeline_name").asText());
        assertEquals(
                "https://example.dev.azuresynapse.net",
                task.get("arguments")
                        .get("azure_synapse_workspace_dev_endpoint")
                        .asText());
        assertEquals(
                "{\"run_id\":\"earthquakes-prod_{{ run_id | replace(\\\"+\\\", \\\"_\\\") | replace(\\\"~\\\", \\\"_\\\")"
                        + " | replace(\\\":\\\", \\\"-\\\") }}\","
                        + "\"date\":\"{{ ds if ds is defined else dag_run.run_after | ds }}\"}",
                task.get("arguments").get("parameters").toString());
        assertEquals(4, task.get("outlets").size());
    }

    @Test
    void rendersAValidRunIdAndADateWithoutALogicalDate() throws Exception {
        JsonNode declaration = imported("tasks: layer", SPARK_SUBMIT, 3).declaration();
        Tools.assumeTool(!declaration.get("run").isNull(), "Jinja for Python");

        assertEquals(
                "earthquakes-prod_manual__2026-01-31T06-00-00.123456_00-00_a_b",
                declaration.get("run").get(0).asText());
        assertEquals("[\"2026-01-30\",\"2026-01-31\"]", declaration.get("date").toString());
    }
}
