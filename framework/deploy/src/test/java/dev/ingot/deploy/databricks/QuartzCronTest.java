package dev.ingot.deploy.databricks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import dev.ingot.deploy.TextFiles;
import dev.ingot.diagnostics.Diagnostics;
import dev.ingot.diagnostics.IngotException;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Five cron fields mean the same to Quartz, or are refused with their place. */
class QuartzCronTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "0 6 * * *; 0 0 6 * * ?",
                "*/15 * * * *; 0 */15 * * * ?",
                "0 6 * * 1-5; 0 0 6 ? * 2-6",
                "0 6 * * 0; 0 0 6 ? * 1",
                "0 6 * * 7; 0 0 6 ? * 1",
                "30 2 1 * *; 0 30 2 1 * ?",
                "0 0 1,15 1-6 *; 0 0 0 1,15 1-6 ?"
            })
    void fieldsAreWrittenAsQuartzReadsThem(String five, String quartz) {
        assertEquals(quartz, quartz(five));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0 6 * * 1-5",
                "0 6 * * 0",
                "0 6 * * 7",
                "0 6 * * 5-7",
                "0 6 * * 0,6",
                "0 6 * * 1,3,5",
                "0 6 * * MON-FRI",
                "0 6 * * SUN",
                "0 6 * * */2",
                "5,35 */3 * * *",
                "0 6 1 * *",
                "0 6 31 * *",
                "0 6 * JAN-MAR *",
                "15 23 28-31 2 *"
            })
    void bothMeanTheSameMoments(String five) {
        ExecutionTime before = times(CronType.UNIX, five);
        ExecutionTime after = times(CronType.QUARTZ, quartz(five));
        ZonedDateTime at = ZonedDateTime.of(2026, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC);
        for (int i = 0; i < 20; i++) {
            ZonedDateTime next = before.nextExecution(at).orElseThrow();
            assertEquals(next, after.nextExecution(at).orElseThrow());
            at = next;
        }
    }

    @Test
    void daysOfMonthAndWeekTogetherAreRefusedAtThePipelineThatSaysThem() {
        SampleProject project = new SampleProject(folder)
                .pipeline(
                        "gold.totals",
                        "schedule: {cron: '0 6 1 * 1'}\nsource: {table: silver.orders}\n",
                        "{layer: gold, mode: overwrite}");

        assertEquals(
                "pipelines/gold.totals.yml:1:7  error DEPLOY-002  Cannot schedule '0 6 1 * 1' on Databricks: it names days"
                        + " of the month and of the week, and Quartz takes one of them\n    Leave '*' in the third or the"
                        + " fifth field; two pipelines may have a schedule each.",
                refusal(project));
    }

    @Test
    void whatIsNoCronIsRefusedAtTheEnvironment() {
        assertEquals(
                "conf/env/prod.yml  error DEPLOY-002  Cannot schedule '61 6 * * *' on Databricks: Failed to parse cron"
                        + " expression. Value 61 not in range [0, 59]\n"
                        + "    Write minute, hour, day of month, month and day of week.",
                refusal(new SampleProject(folder).words("schedule: {cron: '61 6 * * *'}")));
    }

    private static String refusal(SampleProject project) {
        return assertThrows(IngotException.class, () -> project.declared().files(new Diagnostics()))
                .getMessage();
    }

    private String quartz(String five) {
        String job = new SampleProject(folder)
                .words("schedule: {cron: '" + five + "'}")
                .declared()
                .files(new Diagnostics())
                .get("deploy/databricks/prod/resources/shop.job.yml");
        return TextFiles.readYaml(job)
                .at("/resources/jobs/shop/schedule/quartz_cron_expression")
                .asText();
    }

    private static ExecutionTime times(CronType type, String fields) {
        return ExecutionTime.forCron(new CronParser(CronDefinitionBuilder.instanceDefinitionFor(type)).parse(fields));
    }
}
