package dev.ingot.deploy.databricks;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ingot.deploy.TextFiles;
import dev.ingot.diagnostics.Diagnostic;
import dev.ingot.diagnostics.Diagnostics;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A bundle's files that are wrong are found, each mistake once and at its place. */
class BundleCheckTest {

    private static final String GOOD = TextFiles.readResource(BundleCheckTest.class, "shop.job.yml.golden");

    @Test
    void goodFilesAreGood() {
        assertEquals(List.of(), mistakes(GOOD));
        assertEquals(List.of(), mistakes(TextFiles.readResource(BundleCheckTest.class, "databricks.yml.golden")));
    }

    @Test
    void whatTheSchemaDoesNotKnowIsFound() {
        assertEquals(
                List.of(
                        "$.resources.jobs.shop: property 'max_concurent_runs' is not defined in the schema and the schema"
                                + " does not allow additional properties"),
                mistakes(GOOD.replace("      queue:", "      max_concurent_runs: 1\n      queue:")));
        assertEquals(
                List.of("$.resources.jobs.shop.schedule: required property 'timezone_id' not found"),
                mistakes(GOOD.replace("        timezone_id: Europe/Berlin\n", "")));
        assertEquals(
                List.of("$.resources.jobs.shop.schedule.pause_status: does not have a value in the enumeration"
                        + " [\"PAUSED\", \"UNPAUSED\"]"),
                mistakes(GOOD.replace("UNPAUSED", "ON")));
    }

    @Test
    void whatRefersToNothingIsFound() {
        assertEquals(
                List.of("the task 'silver_orders' depends on 'bronze', which is not there"),
                mistakes(GOOD.replace("            - task_key: bronze_orders\n", "            - task_key: bronze\n")));
        assertEquals(
                List.of(
                        "the task 'bronze_orders' has the job_cluster_key 'other', which is not there",
                        "the task 'silver_orders' has the job_cluster_key 'other', which is not there"),
                mistakes(GOOD.replace("          job_cluster_key: main", "          job_cluster_key: other")));
    }

    @Test
    void tasksThatWaitForEachOtherOrHaveOneNameAreFound() {
        assertEquals(
                List.of("the tasks silver_orders wait for each other"),
                mistakes(GOOD.replace(
                        "            - task_key: bronze_orders\n", "            - task_key: silver_orders\n")));
        assertEquals(
                List.of("two tasks are called 'bronze_orders'"),
                mistakes(GOOD.replace(
                        "        - task_key: silver_orders\n          depends_on:\n"
                                + "            - task_key: bronze_orders\n",
                        "        - task_key: bronze_orders\n")));
    }

    private static List<String> mistakes(String file) {
        Diagnostics diagnostics = new Diagnostics();
        new Databricks().check(Map.of("a.yml", file), diagnostics);
        return diagnostics.all().stream()
                .map(Diagnostic::summary)
                .map(summary -> summary.replace("Cannot use the bundle: ", ""))
                .toList();
    }
}
