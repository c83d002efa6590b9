package dev.ingot.deploy.databricks;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ingot.deploy.Change;
import dev.ingot.deploy.Change.Difference;
import dev.ingot.deploy.Change.Kind;
import dev.ingot.deploy.Workspace;
import dev.ingot.diagnostics.IngotException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Creates, compares and updates jobs in a workspace. */
class DeployTest extends LiveTest {

    private static final String JAR = "/Volumes/main/ops/ingot/" + SampleProject.JAR;
    private static final String RELEASE = "/Volumes/main/ops/ingot/" + SampleProject.RELEASE;

    @Test
    void uploadsAndCreatesWhatIsMissingIdempotently() {
        project.options("permissions: [{group: data-eng, level: can_manage_run}]");

        assertEquals(
                List.of(
                        new Change(Kind.CREATE, "file " + JAR, List.of()),
                        new Change(Kind.CREATE, "file " + RELEASE, List.of()),
                        new Change(Kind.CREATE, "job shop-prod", List.of())),
                deploy());
        assertArrayEquals("a jar".getBytes(StandardCharsets.UTF_8), databricks.files.get(JAR));
        databricks.changes.clear();
        assertEquals(List.of(), deploy());
        assertEquals(List.of(), databricks.changes);
    }

    @Test
    void showsManualChangesByFieldAndRevertsThemInPlace() {
        deploy();
        ObjectNode job = databricks.onlyJob();
        job.put("name", "renamed");
        ((ObjectNode) job.path("schedule")).put("pause_status", "PAUSED");
        ((ObjectNode) job.path("run_as")).put("user_name", "bob@example.com");
        ((ObjectNode) job.path("tasks").get(1)).put("task_key", "by_hand").put("max_retries", 9);
        ((ObjectNode) job.path("job_clusters").get(0).path("new_cluster"))
                .putObject("spark_conf")
                .put("spark.x", "y");
        job.putObject("email_notifications").putArray("on_failure").add("ops@example.com");
        ((ObjectNode) job.path("tags")).put("team", "data");
        databricks.changes.clear();

        List<Change> changes = deploy();

        assertEquals(1, changes.size());
        assertEquals("job shop-prod", changes.get(0).what());
        assertEquals(Kind.UPDATE, changes.get(0).kind());
        List<Difference> differences = changes.get(0).differences();
        assertEquals(new Difference("name", "renamed", "shop-prod"), differences.get(0));
        assertEquals(new Difference("run_as", "bob@example.com", "ada@example.com"), differences.get(1));
        assertEquals(new Difference("schedule.pause_status", "PAUSED", "UNPAUSED"), differences.get(2));
        assertEquals(new Difference("job_clusters.main.new_cluster.spark_conf.spark.x", "y", ""), differences.get(3));
        assertEquals("tasks.silver_orders", differences.get(4).field());
        assertEquals("", differences.get(4).before());
        assertEquals("tasks.by_hand", differences.get(5).field());
        assertEquals("", differences.get(5).after());
        assertEquals(6, differences.size());
        assertEquals(List.of("POST /api/2.2/jobs/reset"), databricks.changes);
        assertEquals(
                "ops@example.com",
                databricks.onlyJob().at("/email_notifications/on_failure/0").asText());
        assertEquals("data", databricks.onlyJob().at("/tags/team").asText());
        assertEquals(List.of(), deploy());
    }

    @Test
    void resetsKeysRemovedFromTheEnvironment() {
        project.options("timeout: 1 hour", "retries: 5");
        deploy();

        project.options("retries: 0").settings("tasks: pipeline");
        List<Change> changes = deploy();

        assertEquals(
                List.of(
                        new Difference("timeout_seconds", "3600", ""),
                        new Difference("tasks.bronze_orders.max_retries", "5", ""),
                        new Difference("tasks.silver_orders.max_retries", "5", ""),
                        new Difference(
                                "schedule",
                                "{\"quartz_cron_expression\":\"0 0 6 ? * 2-6\",\"timezone_id\":\"Europe/Berlin\","
                                        + "\"pause_status\":\"UNPAUSED\"}",
                                "")),
                changes.get(0).differences());
        assertEquals(List.of(), deploy());
    }

    @Test
    void zeroAndFalseAreValuesOfSettingsAndParameters() {
        project.environment("spark: {spark.sql.adaptive.enabled: false, spark.sql.shuffle.partitions: 0}\n");
        deploy();
        assertEquals(List.of(), deploy());
        ObjectNode cluster =
                (ObjectNode) databricks.onlyJob().path("job_clusters").path(0).path("new_cluster");
        cluster.withObject("/spark_conf").remove("spark.sql.adaptive.enabled");
        cluster.withObject("/spark_conf").put("spark.sql.shuffle.partitions", "");
        cluster.withObject("/spark_conf").put("spark.sql.ansi.enabled", "false");
        databricks.onlyJob().path("parameters").forEach(parameter -> {
            if (parameter.path("name").asText().equals("full_refresh")) {
                ((ObjectNode) parameter).put("default", "");
            }
        });

        String conf = "job_clusters.main.new_cluster.spark_conf.";
        assertEquals(
                List.of(
                        new Difference("parameters.full_refresh.default", "", "false"),
                        new Difference(conf + "spark.sql.adaptive.enabled", "", "false"),
                        new Difference(conf + "spark.sql.shuffle.partitions", "", "0"),
                        new Difference(conf + "spark.sql.ansi.enabled", "false", "")),
                deploy().get(0).differences());
        assertEquals(List.of(), deploy());
    }

    @Test
    void deletesAnUndeclaredJobOnlyWhenThatChangeIsApplied() {
        project.pipeline(
                "gold.totals",
                "schedule: {cron: '0 7 * * *'}\nsource: {table: silver.orders}\n",
                "{layer: gold, mode: overwrite}");
        deploy();
        project.remove("gold.totals");

        try (Workspace workspace = workspace()) {
            List<Change> changes = workspace.changes();
            assertEquals(List.of(new Change(Kind.DELETE, "job shop_gold_totals-prod", List.of())), changes);
            workspace.apply(List.of());
            assertEquals(2, databricks.jobs.size());
            workspace.apply(changes);
        }
        assertEquals(1, databricks.jobs.size());
        assertEquals("shop-prod", databricks.onlyJob().path("name").asText());
    }

    @Test
    void readsJobsAndTasksFromSeveralPages() {
        IntStream.range(0, 250)
                .forEach(i ->
                        databricks.add(FakeDatabricks.JSON.createObjectNode().put("name", "other " + i)));
        IntStream.range(0, 120)
                .forEach(i -> project.pipeline(
                        "bronze.t" + i, "source:\n  rows: [{id: 1}]\n", "{layer: bronze, mode: append}"));
        deploy();

        assertEquals(251, databricks.jobs.size());
        assertEquals(List.of(), deploy());
    }

    @Test
    void recreatesADeletedJobAndReportsOneDeletedInTheMeantime() {
        deploy();
        long id = databricks.jobs.firstKey();
        databricks.onlyJob().put("name", "renamed");
        try (Workspace workspace = workspace()) {
            List<Change> changes = workspace.changes();
            databricks.jobs.clear();
            IngotException failure = assertThrows(IngotException.class, () -> workspace.apply(changes));
            assertEquals(
                    databricks.host() + "  error DEPLOY-004  Cannot update the job 'shop-prod': 404"
                            + " RESOURCE_DOES_NOT_EXIST, 'Job " + id + " does not exist.'\n"
                            + "    It may have been deleted in the meantime, or the path does not exist."
                            + " Run the command again: it reads the current state.",
                    failure.getMessage());
        }
        assertEquals(List.of(new Change(Kind.CREATE, "job shop-prod", List.of())), deploy());
    }

    @Test
    void keepsPermissionsOfOthersUnlessReplaced() {
        project.options("permissions: [{group: data-eng, level: can_view}]");
        deploy();
        long id = databricks.jobs.firstKey();
        databricks.grant(id, "user_name", "eve@example.com", "CAN_MANAGE");
        databricks.grant(id, "group_name", "data-eng", "CAN_MANAGE");

        assertEquals(
                List.of(new Difference("permissions.data-eng", "CAN_MANAGE", "CAN_VIEW")),
                deploy().get(0).differences());
        assertTrue(databricks.permissions.get(id).toString().contains("eve@example.com"));

        project.options("permissions: [{group: data-eng, level: can_view}]", "permissions_mode: replace");
        databricks.changes.clear();
        assertEquals(
                List.of(new Difference("permissions.eve@example.com", "CAN_MANAGE", "")),
                deploy().get(0).differences());
        assertEquals(List.of("PUT /api/2.0/permissions/jobs/" + id), databricks.changes);
        assertEquals(2, databricks.permissions.get(id).size());
        assertEquals(List.of(), deploy());
    }

    @Test
    void uploadsAFileOfAnotherSizeAgain() throws IOException {
        deploy();
        Files.writeString(artifacts.jar(), "another jar");

        assertEquals(
                List.of(new Change(Kind.UPDATE, "file " + JAR, List.of(new Difference("size", "5", "11")))), deploy());
        assertEquals(List.of(), deploy());
    }

    @Test
    void uploadsToTheWorkspaceToo() {
        project.artifacts("/Workspace/Shared/ingot");
        deploy();

        assertArrayEquals(
                "a release".getBytes(StandardCharsets.UTF_8),
                databricks.files.get("/Workspace/Shared/ingot/" + SampleProject.RELEASE));
        assertEquals(List.of(), deploy());
    }

    @Test
    void uploadsNothingToCloudStorage() {
        project.artifacts("abfss://ops@account.dfs.core.windows.net/ingot");

        assertEquals(List.of(new Change(Kind.CREATE, "job shop-prod", List.of())), deploy());
    }

    @Test
    void reportsAMissingFileBeforeAnyChange() throws IOException {
        Files.delete(artifacts.release());

        IngotException failure = assertThrows(IngotException.class, this::deploy);
        assertEquals(
                artifacts.release() + "  error DEPLOY-001  Cannot upload '" + RELEASE
                        + "': the file exists neither on this machine nor on the platform\n    Build it with 'ingot"
                        + " package'.",
                failure.getMessage());
        assertEquals(List.of(), databricks.changes);
    }

    @Test
    void rejectsAClonedJob() {
        deploy();
        databricks.add(databricks.onlyJob().deepCopy());
        List<Long> ids = List.copyOf(databricks.jobs.keySet());

        IngotException failure = assertThrows(IngotException.class, this::deploy);
        assertEquals(
                databricks.host() + "  error DEPLOY-004  Cannot identify the job 'shop-prod': the jobs " + ids.get(0)
                        + ", " + ids.get(1) + " all have its tag ingot_id\n"
                        + "    One of them was cloned; remove the tags that begin with 'ingot' from the copies.",
                failure.getMessage());
    }

    @Test
    void rejectsAJobOfABundle() {
        deploy();
        databricks.onlyJob().putObject("deployment").put("kind", "BUNDLE");

        IngotException failure = assertThrows(IngotException.class, this::deploy);
        assertEquals(
                databricks.host()
                        + "  error DEPLOY-004  Cannot update the job 'shop-prod': a bundle manages it and would"
                        + " revert the change\n    Deploy it with 'databricks bundle deploy', or remove it with"
                        + " 'databricks bundle destroy'.",
                failure.getMessage());
    }
}
