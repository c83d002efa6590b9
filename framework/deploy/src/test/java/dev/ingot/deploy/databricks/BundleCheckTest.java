package dev.ingot.deploy.databricks;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ingot.deploy.TextFiles;
import dev.ingot.diagnostics.Diagnostic;
import dev.ingot.diagnostics.Diagnostics;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Each error in a bundle's files is reported once, with its place. */
class BundleCheckTest {

    private static final String VALID = TextFiles.readResource(BundleCheckTest.class, "shop.job.yml.golden");

    @Test
    void acceptsValidFiles() {
        assertEquals(List.of(), errors(VALID));
        assertEquals(List.of(), errors(TextFiles.readResource(BundleCheckTest.class, "databricks.yml.golden")));
    }

    @Test
    void reportsViolationsOfTheSchema() {
        assertEquals(
                List.of("$.resources.jobs.shop: property 'max_concurent_runs' is not defined in the schema and the"
                        + " schema does not allow additional properties"),
                errors(VALID.replace("      queue:", "      max_concurent_runs: 1\n      queue:")));
        assertEquals(
                List.of("$.resources.jobs.shop.schedule: required property 'timezone_id' not found"),
                errors(VALID.replace("        timezone_id: Europe/Berlin\n", "")));
        assertEquals(
                List.of("$.resources.jobs.shop.schedule.pause_status: does not have a value in the enumeration"
                        + " [\"PAUSED\", \"UNPAUSED\"]"),
                errors(VALID.replace("UNPAUSED", "ON")));
    }

    @Test
    void reportsDanglingReferences() {
        assertEquals(
                List.of("the task 'silver_orders' depends on 'bronze', which does not exist"),
                errors(VALID.replace("            - task_key: bronze_orders\n", "            - task_key: bronze\n")));
        assertEquals(
                List.of(
                        "the task 'bronze_orders' has the job_cluster_key 'other', which does not exist",
                        "the task 'silver_orders' has the job_cluster_key 'other', which does not exist"),
                errors(VALID.replace("          job_cluster_key: main", "          job_cluster_key: other")));
    }

    @Test
    void reportsCyclesAndDuplicateTaskKeys() {
        assertEquals(
                List.of("the tasks silver_orders form a dependency cycle"),
                errors(VALID.replace(
                        "            - task_key: bronze_orders\n", "            - task_key: silver_orders\n")));
        assertEquals(
                List.of("two tasks have the task_key 'bronze_orders'"),
                errors(VALID.replace(
                        "        - task_key: silver_orders\n          depends_on:\n"
                                + "            - task_key: bronze_orders\n",
                        "        - task_key: bronze_orders\n")));
    }

    private static List<String> errors(String file) {
        Diagnostics diagnostics = new Diagnostics();
        new Databricks().check(Map.of("a.yml", file), diagnostics);
        return diagnostics.all().stream()
                .map(Diagnostic::summary)
                .map(summary -> summary.replace("Cannot use the bundle: ", ""))
                .toList();
    }
}
