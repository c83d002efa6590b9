package dev.ingot.deploy.airflow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.ingot.deploy.SampleDeployment;
import dev.ingot.diagnostics.Diagnostics;
import dev.ingot.diagnostics.IngotException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is wrong with a DAG file, or with what an environment says of Airflow, is found. */
class DagCheckTest {

    private static final String SPARK_SUBMIT = "spark_submit: {files: 's3a://jobs/ingot'}";

    @TempDir
    private Path folder;

    private SampleDeployment sample(String words, String airflow) throws IOException {
        return new SampleDeployment(folder, """
                lake: s3a://lake
                deploy:
                  %s
                  airflow: {%s}
                """.formatted(words, airflow));
    }

    private String file(String words, String airflow) throws IOException {
        return sample(words, airflow)
                .declared("airflow")
                .files(new Diagnostics())
                .get("deploy/airflow/prod/dags/earthquakes-prod.py");
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void aMisspeltArgumentIsFound(int version) throws Exception {
        String wrong = file("tasks: layer", SPARK_SUBMIT).replace("application_args=", "aplication_args=");

        assertEquals(
                "TypeError: SparkSubmitOperator takes no argument aplication_args",
                ImportedDag.of(folder, wrong, version).told().get("error").asText());
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void aMisspeltDefaultIsFoundThoughAirflowPassesOverIt(int version) throws Exception {
        String wrong = file("tasks: layer", SPARK_SUBMIT).replace("\"retries\": 2", "\"retrys\": 2");

        assertEquals(
                "TypeError: SparkSubmitOperator takes no argument retrys",
                ImportedDag.of(folder, wrong, version).told().get("error").asText());
    }

    @Test
    void aCircleIsFound() throws Exception {
        String wrong = file("tasks: layer", SPARK_SUBMIT) + "    [run_gold] >> run_bronze\n";

        assertEquals(
                "ValueError: the tasks depend on each other in a circle: bronze > gold > silver > bronze",
                ImportedDag.of(folder, wrong, 3).told().get("error").asText());
    }

    @Test
    void theCheckFindsNamesThatAirflowRefusesAndEdgesFromNowhere() throws Exception {
        String right = file("tasks: pipeline", SPARK_SUBMIT);
        String wrong = right.replace("task_id=\"events\"", "task_id=\"networks\"")
                .replace("task_id=\"blasts_by_hour\"", "task_id=\"blasts by hour\"")
                .replace("TaskGroup(\"bronze\")", "TaskGroup(\"bron.ze\")")
                .replace("[run_silver_event_revisions] >>", "[run_silver_revisions] >>");
        Diagnostics diagnostics = new Diagnostics();

        new Airflow().check(Map.of("dags/a.py", right, "dags/b.py", wrong), diagnostics);

        assertEquals("""
                dags/b.py  error DEPLOY-003  Cannot give the file to Airflow: its DAG has the name 'earthquakes-prod', as that in dags/a.py has
                dags/b.py  error DEPLOY-003  Cannot give the file to Airflow: the name of a group, 'bron.ze', has 7 characters; at most 200 letters, digits, '_' and '-' are accepted
                dags/b.py  error DEPLOY-003  Cannot give the file to Airflow: two tasks have the name 'silver.networks'
                dags/b.py  error DEPLOY-003  Cannot give the file to Airflow: the name of a task, 'gold.blasts by hour', has 19 characters; at most 250 letters, digits, '_', '-' and '.' are accepted
                dags/b.py  error DEPLOY-003  Cannot give the file to Airflow: an edge leads from or to 'run_silver_revisions', which is no task
                """.strip(), text(diagnostics));
    }

    @Test
    void wrongOptionsAreRefused() throws IOException {
        assertEquals(
                "conf/env/prod.yml:4:12  error SPEC-007  Cannot read the platform 'airflow': it needs exactly one of"
                        + " 'spark_submit', 'databricks' and 'synapse'",
                refused("retries: 1"));
        assertEquals(
                "conf/env/prod.yml:4:12  error SPEC-007  Cannot read the platform 'airflow': 'on_failure' must be a"
                        + " dotted name such as 'company.alerts.page', not 'page()'",
                refused("databricks: {}, on_failure: page()"));
        assertEquals(
                "conf/env/prod.yml:4:12  error SPEC-007  Cannot read the platform 'airflow': 'retries' must not be"
                        + " negative, as -1 is",
                refused("databricks: {}, retries: -1"));
    }

    @Test
    void aSettingThatAirflowWouldTakeForATemplateIsRefused() throws IOException {
        SampleDeployment sample = new SampleDeployment(folder, """
                lake: s3a://lake
                spark: {spark.a: 'x{{y}}'}
                deploy: {airflow: {spark_submit: {files: s3a://jobs}}}
                """);

        IngotException refused = assertThrows(
                IngotException.class, () -> sample.declared("airflow").files(new Diagnostics()));
        assertEquals("""
                conf/env/prod.yml  error DEPLOY-001  Cannot give the setting 'spark.a' to Airflow: it would take 'x{{y}}' for a template
                    Set it where Airflow's Spark connection leads.""", refused.getMessage());
    }

    private String refused(String airflow) throws IOException {
        SampleDeployment sample = sample("tasks: layer", airflow);
        return assertThrows(IngotException.class, () -> sample.declared("airflow"))
                .getMessage();
    }

    private static String text(Diagnostics diagnostics) {
        return String.join(
                "\n", diagnostics.all().stream().map(found -> found.render()).toList());
    }
}
