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

/** What Databricks would refuse is said before anything is sent. */
class RefusedProjectsTest {

    private static final String PLATFORM =
            "conf/env/prod.yml:5:5  error SPEC-007  Cannot read the platform 'databricks': ";

    private SampleProject project;

    @BeforeEach
    void begin(@TempDir Path folder) {
        project = new SampleProject(folder);
    }

    @Test
    void foldersThatTakeNoJars() {
        String folders = "'artifacts' must be a folder such as '/Volumes/main/ops/ingot', '/Workspace/Shared/ingot' or"
                + " 'abfss://ops@account.dfs.core.windows.net/ingot', not ";

        assertEquals(
                PLATFORM + folders + "'dbfs:/jars'; DBFS takes no jars any more",
                refusal(project.artifacts("dbfs:/jars")));
        assertEquals(PLATFORM + folders + "'/Volumes/main/ops'", refusal(project.artifacts("/Volumes/main/ops")));
    }

    @Test
    void aJarInTheWorkspaceOnAClusterWithoutUnityCatalog() {
        assertEquals(
                PLATFORM + "a cluster with"
                        + " 'security_mode: none' takes no jar from '/Workspace'; use 'dedicated', or keep the 'artifacts'"
                        + " in cloud storage",
                refusal(project.artifacts("/Workspace/Shared/ingot")
                        .compute("cluster: {spark_version: v, node_type: n, workers: 1, security_mode: none}")));
    }

    @Test
    void noComputeAtAll() {
        assertEquals(
                PLATFORM + "it needs one of 'cluster', 'serverless' and 'existing_cluster'",
                refusal(project.compute("paused: true")));
    }

    @Test
    void fewerRetriesThanNone() {
        assertEquals(PLATFORM + "'retries' must be at least 0", refusal(project.options("retries: -1")));
    }

    @Test
    void anIdentityThatIsNone() {
        assertEquals(
                PLATFORM + "'run_as' must be a user's"
                        + " name such as 'ada@example.com' or a service principal's application id, not 'ada'",
                refusal(project.runAs("ada")));
    }

    @Test
    void aClusterOfNoSize() {
        assertEquals(
                "conf/env/prod.yml:7:14  error SPEC-007  Cannot read 'cluster' of the platform 'databricks': it needs"
                        + " either 'workers' or 'autoscale'",
                refusal(project.compute("cluster: {spark_version: v, node_type: n}")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "ingot-job_2.13-0.1.0.jar; cluster: {spark_version: 16.4.x-scala2.12, node_type: n, workers: 1};"
                        + " it is of Scala 2.13, and '16.4.x-scala2.12' is of Scala 2.12; 2.13",
                "ingot-job_2.12-0.1.0.jar; serverless: {environment_version: 4};"
                        + " it is of Scala 2.12, and serverless compute is of Scala 2.13; 2.12"
            })
    void aJarOfAnotherScala(String jar, String compute, String reason, String ours) {
        assertEquals(
                "conf/env/prod.yml  error DEPLOY-001  Cannot run " + jar + " there: " + reason
                        + "\n    Choose a cluster's runtime of Scala " + ours
                        + ", or start Ingot with another line of Spark: it"
                        + " is of Scala 2.12, and with INGOT_LINE=spark-4.0 of 2.13.",
                refusal(project.compute(compute).jar(jar)));
    }

    @Test
    void aClusterWithNothingToChoose() {
        assertEquals(
                "conf/env/prod.yml:7:58  error SPEC-007  Cannot read 'autoscale' of 'cluster' of the platform 'databricks': 'min' must be"
                        + " at least 0 and 'max' more than 'min'",
                refusal(project.compute("cluster: {spark_version: v, node_type: n, autoscale: {min: 2, max: 2}}")));
    }

    @Test
    void aPermissionForNobody() {
        assertEquals(
                "conf/env/prod.yml:8:19  error SPEC-007  Cannot read 'permissions' of the platform 'databricks': it needs"
                        + " one of 'user', 'group' and 'service_principal'",
                refusal(project.options("permissions: [{level: can_view}]")));
    }

    @Test
    void aLakeOnTheDiskOfAMachine() {
        String reason = refusal(project.lake("/srv/lake"));

        assertTrue(
                reason.startsWith("conf/env/prod.yml  error DEPLOY-001  Cannot keep the lake in '/srv/lake"), reason);
        assertTrue(
                reason.endsWith("': a cluster's own disk goes with the cluster\n"
                        + "    Give 'lake' an address such as 'abfss://lake@account.dfs.core.windows.net/shop'."),
                reason);
    }

    @Test
    void settingsThatServerlessComputeDoesNotTake() {
        assertEquals(
                "conf/env/prod.yml  error DEPLOY-001  Cannot set 'spark.executor.memory': serverless compute does not take"
                        + " it\n    accepted: spark.sql.ansi.enabled, spark.sql.legacy.timeParserPolicy,"
                        + " spark.sql.session.timeZone, spark.sql.shuffle.partitions\n"
                        + "    Leave it out, or use a 'cluster'.",
                refusal(project.compute("serverless: {environment_version: 4}")
                        .environment("spark: {spark.executor.memory: 2g, spark.sql.shuffle.partitions: 4}\n")));
    }

    @Test
    void settingsOfAClusterThatIsThere() {
        assertEquals(
                "conf/env/prod.yml  error DEPLOY-001  Cannot set 'spark.executor.memory': the cluster 0923-164208-meows279"
                        + " is there, with settings of its own\n    Set it at the cluster and leave it out here, or use a"
                        + " 'cluster'.",
                refusal(project.compute("existing_cluster: 0923-164208-meows279")
                        .environment("spark: {spark.executor.memory: 2g}\n")));
    }

    @Test
    void whereSparkRuns() {
        assertEquals(
                "conf/env/prod.yml  error DEPLOY-001  Cannot set 'spark.master': Databricks says where Spark runs\n"
                        + "    Leave it out here.",
                refusal(project.environment("spark: {spark.master: yarn}\n")));
    }

    @Test
    void secretsThatStayOnThisMachine() {
        assertEquals(
                "conf/env/prod.yml  error DEPLOY-001  Cannot read the secrets of the scope 'kv' on 'databricks': jobs there"
                        + " cannot ask the provider 'env'\n"
                        + "    accepted: file, hadoop, azure_key_vault, aws_secrets_manager, databricks\n"
                        + "    Use another provider in this environment, or an environment of its own.\n"
                        + "conf/env/prod.yml  warning DEPLOY-001  Hadoop may not read the secret in spark.hadoop.fs.key:"
                        + " Databricks starts its JVMs without the job jar, which resolves secrets, on their class path\n"
                        + "    Keep them in a scope with 'provider: databricks', whose values the cluster fills in, or let"
                        + " an init script that the cluster's policy names copy the job jar to /databricks/jars.",
                refusal(project.environment(
                        "spark: {spark.hadoop.fs.key: '${secret:kv/key}'}\n" + "secrets: {kv: {provider: env}}\n")));
    }

    @Test
    void textsThatABundleWouldTakeForReferences() {
        assertEquals(
                "conf/env/prod.yml  error DEPLOY-001  Cannot say 'a${b}' for shop.job_clusters.new_cluster.spark_conf"
                        + ".spark.x in a bundle: it would be taken for a reference\n    Write the value without '${'.",
                refusal(project.environment("spark: {spark.x: 'a$${b}'}\n")));
    }

    @Test
    void moreTasksThanAJobMayHave() {
        IntStream.range(0, 1000)
                .forEach(i -> project.pipeline(
                        "bronze.t" + i, "source:\n  rows: [{id: 1}]\n", "{layer: bronze, mode: append}"));

        assertTrue(refusal(project)
                .startsWith("conf/env/prod.yml  error DEPLOY-001  Cannot make the job 'shop': it has 1002 tasks, and"
                        + " Databricks takes 1000\n    Say 'tasks: layer' under 'deploy:', or give pipelines a 'schedule'"
                        + " of their own."));
    }

    @Test
    void aCatalogForTablesThatAreNotInCloudStorage() {
        assertEquals(
                "conf/env/prod.yml  error DEPLOY-001  Cannot register tables of the lake '/Volumes/main/lake/shop' in the"
                        + " catalog 'main': Unity Catalog takes tables in cloud storage only\n    Give 'lake' an address"
                        + " below an external location, or leave out 'catalog'.",
                refusal(project.lake("/Volumes/main/lake/shop").options("catalog: main")));
    }

    private static String refusal(SampleProject project) {
        return assertThrows(IngotException.class, () -> project.declared().files(new Diagnostics()))
                .getMessage();
    }
}
