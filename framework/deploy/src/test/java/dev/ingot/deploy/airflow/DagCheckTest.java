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

/** Tests that mistakes in DAG files, and in the Airflow settings of an environment, are found. */
class DagCheckTest {

    private static final String SPARK_SUBMIT = "spark_submit: {files: 's3a://jobs/ingot'}";

    @TempDir
    private Path folder;

    private SampleDeployment sample(String settings, String airflow) throws IOException {
        return new SampleDeployment(folder, """
                lake: s3a://lake
                deploy:
                  %s
                  airflow: {%s}
                """.formatted(settings, airflow));
    }

    private String file(String settings, String airflow) throws IOException {
        return sample(settings, airflow)
                .declared("airflow")
                .files(new Diagnostics())
                .get("deploy/airflow/prod/dags/earthquakes-prod.py");
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void findsAMisspeltArgument(int version) throws Exception {
        String broken = file("tasks: layer", SPARK_SUBMIT).replace("application_args=", "aplication_args=");

        assertEquals(
                "TypeError: SparkSubmitOperator takes no argument aplication_args",
                ImportedDag.of(folder, broken, version)
                        .declaration()
                        .get("error")
                        .asText());
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void findsAMisspeltDefaultThatAirflowIgnores(int version) throws Exception {
        String broken = file("tasks: layer", SPARK_SUBMIT).replace("\"retries\": 2", "\"retrys\": 2");

        assertEquals(
                "TypeError: SparkSubmitOperator takes no argument retrys",
                ImportedDag.of(folder, broken, version)
                        .declaration()
                        .get("error")
                        .asText());
    }

    @Test
    void findsACyclicDependency() throws Exception {
        String broken = file("tasks: layer", SPARK_SUBMIT) + "    [run_gold] >> run_bronze\n";

        assertEquals(
                "ValueError: the tasks have a cyclic dependency: bronze > gold > silver > bronze",
                ImportedDag.of(folder, broken, 3).declaration().get("error").asText());
    }

    @Test
    void findsInvalidNamesAndEdgesToMissingTasks() throws Exception {
        String valid = file("tasks: pipeline", SPARK_SUBMIT);
        String broken = valid.replace("task_id=\"events\"", "task_id=\"networks\"")
                .replace("task_id=\"blasts_by_hour\"", "task_id=\"blasts by hour\"")
                .replace("TaskGroup(\"bronze\")", "TaskGroup(\"bron.ze\")")
                .replace("[run_silver_event_revisions] >>", "[run_silver_revisions] >>");
        Diagnostics diagnostics = new Diagnostics();

        new Airflow().check(Map.of("dags/a.py", valid, "dags/b.py", broken), diagnostics);

        assertEquals("""
                dags/b.py  error DEPLOY-003  Cannot deploy the file to Airflow: its DAG has the same name as that in dags/a.py, 'earthquakes-prod'
                dags/b.py  error DEPLOY-003  Cannot deploy the file to Airflow: the name of a group, 'bron.ze', has 7 characters; at most 200 letters, digits, '_' and '-' are accepted
                dags/b.py  error DEPLOY-003  Cannot deploy the file to Airflow: two tasks have the name 'silver.networks'
                dags/b.py  error DEPLOY-003  Cannot deploy the file to Airflow: the name of a task, 'gold.blasts by hour', has 19 characters; at most 250 letters, digits, '_', '-' and '.' are accepted
                dags/b.py  error DEPLOY-003  Cannot deploy the file to Airflow: an edge refers to 'run_silver_revisions', which is not a task
                """.strip(), text(diagnostics));
    }

    @Test
    void rejectsInvalidOptions() throws IOException {
        assertEquals(
                "conf/env/prod.yml:4:12  error SPEC-007  Cannot read the platform 'airflow': it needs exactly one of"
                        + " 'spark_submit', 'databricks' and 'synapse'",
                errorOf("retries: 1"));
        assertEquals(
                "conf/env/prod.yml:4:12  error SPEC-007  Cannot read the platform 'airflow': 'on_failure' must be a"
                        + " dotted name such as 'company.alerts.page', not 'page()'",
                errorOf("databricks: {}, on_failure: page()"));
        assertEquals(
                "conf/env/prod.yml:4:12  error SPEC-007  Cannot read the platform 'airflow': 'retries' must be"
                        + " at least 0, not -1",
                errorOf("databricks: {}, retries: -1"));
    }

    @Test
    void rejectsASettingThatAirflowWouldRenderAsATemplate() throws IOException {
        SampleDeployment sample = new SampleDeployment(folder, """
                lake: s3a://lake
                spark: {spark.a: 'x{{y}}'}
                deploy: {airflow: {spark_submit: {files: s3a://jobs}}}
                """);

        IngotException error = assertThrows(
                IngotException.class, () -> sample.declared("airflow").files(new Diagnostics()));
        assertEquals("""
                conf/env/prod.yml  error DEPLOY-001  Cannot pass the setting 'spark.a' to Airflow: Airflow would render 'x{{y}}' as a template
                    Set it in the Spark that Airflow's Spark connection refers to.""", error.getMessage());
    }

    private String errorOf(String airflow) throws IOException {
        SampleDeployment sample = sample("tasks: layer", airflow);
        return assertThrows(IngotException.class, () -> sample.declared("airflow"))
                .getMessage();
    }

    private static String text(Diagnostics diagnostics) {
        return String.join(
                "\n", diagnostics.all().stream().map(found -> found.render()).toList());
    }
}
