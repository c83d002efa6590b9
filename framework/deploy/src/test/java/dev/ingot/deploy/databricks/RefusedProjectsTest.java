package dev.ingot.deploy.databricks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ingot.diagnostics.Diagnostics;
import dev.ingot.diagnostics.IngotException;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What Databricks would reject is reported before any request is sent. */
class RefusedProjectsTest {

    private static final String INVALID_OPTIONS =
            "conf/env/prod.yml:5:5  error SPEC-007  Cannot read the platform 'databricks': ";

    private SampleProject project;

    @BeforeEach
    void start(@TempDir Path folder) {
        project = new SampleProject(folder);
    }

    @Test
    void rejectsFoldersThatCannotHoldJars() {
        String folders = "'artifacts' must be a folder such as '/Volumes/main/ops/ingot', '/Workspace/Shared/ingot' or"
                + " 'abfss://ops@account.dfs.core.windows.net/ingot', not ";

        assertEquals(
                INVALID_OPTIONS + folders + "'dbfs:/jars'; DBFS no longer supports jars",
                error(project.artifacts("dbfs:/jars")));
        assertEquals(INVALID_OPTIONS + folders + "'/Volumes/main/ops'", error(project.artifacts("/Volumes/main/ops")));
    }

    @Test
    void rejectsAJarInTheWorkspaceWithoutUnityCatalog() {
        assertEquals(
                INVALID_OPTIONS + "a cluster with"
                        + " 'security_mode: none' cannot load a jar from '/Workspace'; use 'dedicated', or set"
                        + " 'artifacts' to a folder in cloud storage",
                error(project.artifacts("/Workspace/Shared/ingot")
                        .compute("cluster: {spark_version: v, node_type: n, workers: 1, security_mode: none}")));
    }

    @Test
    void requiresCompute() {
        assertEquals(
                INVALID_OPTIONS + "exactly one of 'cluster', 'serverless' and 'existing_cluster' is required",
                error(project.compute("paused: true")));
    }

    @Test
    void rejectsNegativeRetries() {
        assertEquals(INVALID_OPTIONS + "'retries' must be at least 0", error(project.options("retries: -1")));
    }

    @Test
    void rejectsAnInvalidIdentity() {
        assertEquals(
                INVALID_OPTIONS + "'run_as' must be a user's"
                        + " name such as 'ada@example.com' or a service principal's application id, not 'ada'",
                error(project.runAs("ada")));
    }

    @Test
    void requiresTheSizeOfACluster() {
        assertEquals(
                "conf/env/prod.yml:7:14  error SPEC-007  Cannot read 'cluster' of the platform 'databricks': exactly"
                        + " one of 'workers' and 'autoscale' is required",
                error(project.compute("cluster: {spark_version: v, node_type: n}")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "ingot-job_2.13-0.1.0.jar; cluster: {spark_version: 16.4.x-scala2.12, node_type: n, workers: 1};"
                        + " it is built for Scala 2.13, but '16.4.x-scala2.12' has Scala 2.12; 2.13",
                "ingot-job_2.12-0.1.0.jar; serverless: {environment_version: 4};"
                        + " it is built for Scala 2.12, but serverless compute has Scala 2.13; 2.12"
            })
    void rejectsAJarForAnotherScalaVersion(String jar, String compute, String reason, String version) {
        assertEquals(
                "conf/env/prod.yml  error DEPLOY-001  Cannot run " + jar + " on Databricks: " + reason
                        + "\n    Choose a cluster runtime with Scala " + version
                        + ", or start Ingot with another Spark version: its default"
                        + " has Scala 2.12, and INGOT_LINE=spark-4.0 has Scala 2.13.",
                error(project.compute(compute).jar(jar)));
    }

    @Test
    void rejectsAutoscalingWithoutARange() {
        assertEquals(
                "conf/env/prod.yml:7:58  error SPEC-007  Cannot read 'autoscale' of 'cluster' of the platform"
                        + " 'databricks': 'min' must be"
                        + " at least 0, and 'max' greater than 'min'",
                error(project.compute("cluster: {spark_version: v, node_type: n, autoscale: {min: 2, max: 2}}")));
    }

    @Test
    void requiresThePrincipalOfAPermission() {
        assertEquals(
                "conf/env/prod.yml:8:19  error SPEC-007  Cannot read 'permissions' of the platform 'databricks':"
                        + " exactly one of 'user', 'group' and 'service_principal' is required",
                error(project.options("permissions: [{level: can_view}]")));
    }

    @Test
    void rejectsALakeOnALocalDisk() {
        String reason = error(project.lake("/srv/lake"));

        assertTrue(
                reason.startsWith("conf/env/prod.yml  error DEPLOY-001  Cannot keep the lake in '/srv/lake"), reason);
        assertTrue(
                reason.endsWith("': a cluster's local disk is deleted with the cluster\n"
                        + "    Set 'lake' to a URI such as 'abfss://lake@account.dfs.core.windows.net/shop'."),
                reason);
    }

    @Test
    void rejectsSettingsThatServerlessComputeDoesNotSupport() {
        assertEquals(
                "conf/env/prod.yml  error DEPLOY-001  Cannot set 'spark.executor.memory': serverless compute does not"
                        + " support it\n    accepted: spark.sql.ansi.enabled, spark.sql.legacy.timeParserPolicy,"
                        + " spark.sql.session.timeZone, spark.sql.shuffle.partitions\n"
                        + "    Remove it, or use a 'cluster'.",
                error(project.compute("serverless: {environment_version: 4}")
                        .environment("spark: {spark.executor.memory: 2g, spark.sql.shuffle.partitions: 4}\n")));
    }

    @Test
    void rejectsSettingsOfAnExistingCluster() {
        assertEquals(
                "conf/env/prod.yml  error DEPLOY-001  Cannot set 'spark.executor.memory': the cluster"
                        + " 0923-164208-meows279"
                        + " already exists and has its own settings\n    Set it on the cluster and remove it here, or"
                        + " use a 'cluster'.",
                error(project.compute("existing_cluster: 0923-164208-meows279")
                        .environment("spark: {spark.executor.memory: 2g}\n")));
    }

    @Test
    void rejectsSparkMaster() {
        assertEquals(
                "conf/env/prod.yml  error DEPLOY-001  Cannot set 'spark.master': Databricks decides where Spark runs\n"
                        + "    Remove it here.",
                error(project.environment("spark: {spark.master: yarn}\n")));
    }

    @Test
    void rejectsSecretsThatOnlyThisMachineHas() {
        assertEquals(
                "conf/env/prod.yml  error DEPLOY-001  Cannot read the secrets of the scope 'kv' on 'databricks': jobs"
                        + " there cannot reach the provider 'env'\n"
                        + "    accepted: file, hadoop, azure_key_vault, aws_secrets_manager, databricks\n"
                        + "    Use another provider in this environment, or a separate environment for this platform.\n"
                        + "conf/env/prod.yml  warning DEPLOY-001  Hadoop may be unable to read the secret in"
                        + " spark.hadoop.fs.key:"
                        + " Databricks starts its JVMs without the job jar, which resolves secrets, on the class path\n"
                        + "    Keep them in a scope with 'provider: databricks', which the cluster resolves, or use a"
                        + " cluster policy with an init script that copies the job jar to /databricks/jars.",
                error(project.environment(
                        "spark: {spark.hadoop.fs.key: '${secret:kv/key}'}\n" + "secrets: {kv: {provider: env}}\n")));
    }

    @Test
    void rejectsTextsThatABundleWouldSubstitute() {
        assertEquals(
                "conf/env/prod.yml  error DEPLOY-001  Cannot write 'a${b}' for shop.job_clusters.new_cluster.spark_conf"
                        + ".spark.x in a bundle: it would be read as a substitution\n    Write the value without '${'.",
                error(project.environment("spark: {spark.x: 'a$${b}'}\n")));
    }

    @Test
    void rejectsTooManyTasks() {
        IntStream.range(0, 1000)
                .forEach(i -> project.pipeline(
                        "bronze.t" + i, "source:\n  rows: [{id: 1}]\n", "{layer: bronze, mode: append}"));

        assertTrue(error(project)
                .startsWith("conf/env/prod.yml  error DEPLOY-001  Cannot create the job 'shop': it has 1002 tasks, but"
                        + " Databricks supports at most 1000\n    Set 'tasks: layer' under 'deploy:', or give some"
                        + " pipelines their own 'schedule'."));
    }

    @Test
    void rejectsACatalogForTablesOutsideCloudStorage() {
        assertEquals(
                "conf/env/prod.yml  error DEPLOY-001  Cannot register tables of the lake '/Volumes/main/lake/shop' in"
                        + " the"
                        + " catalog 'main': Unity Catalog supports only tables in cloud storage\n    Set 'lake' to a"
                        + " URI below an external location, or remove 'catalog'.",
                error(project.lake("/Volumes/main/lake/shop").options("catalog: main")));
    }

    private static String error(SampleProject project) {
        return assertThrows(IngotException.class, () -> project.declared().files(new Diagnostics()))
                .getMessage();
    }
}
