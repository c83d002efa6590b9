package dev.ingot.deploy.databricks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ingot.definition.PipelineFile.Schedule;
import dev.ingot.deploy.CronFields;
import dev.ingot.deploy.CronMoments;
import dev.ingot.deploy.DeploymentTarget;
import dev.ingot.deploy.Job;
import dev.ingot.deploy.TextFiles;
import dev.ingot.diagnostics.Diagnostics;
import dev.ingot.diagnostics.IngotException;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.Optional;
import java.util.TimeZone;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.quartz.CronExpression;

/** Cron fields are converted to equivalent Quartz expressions or reported with their place. */
class QuartzCronTest {

    private static final LocalDate FROM = LocalDate.of(2026, 1, 1);

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
                "0 0 1,15 1-6 *; 0 0 0 1,15 1-6 ?",
                "0 6 * * 0-7; 0 0 6 * * ?",
                "0 6 * * 1/2; 0 0 6 ? * 1-2,4,6",
                "0 6 * * MON-FRI; 0 0 6 ? * 2-6",
                "0 6 * * 0,6; 0 0 6 ? * 1,7",
                "5/15 * * JAN-MAR *; 0 5,20,35,50 * * 1-3 ?",
                "0 6 1-31 * 1; 0 0 6 * * ?",
                "0 6 */1 * 1; 0 0 6 ? * 2"
            })
    void convertsToQuartzSyntax(String cron, String quartz) {
        assertEquals(quartz, quartz(cron));
    }

    @Test
    void quartzEvaluatesTheSameMoments() throws ParseException {
        DeploymentTarget<Databricks.Options> declared = new SampleProject(folder).declared();
        QuartzCron converter = new QuartzCron(declared.deployment(), new Diagnostics());
        Job job = declared.deployment().jobs().get(0);
        int compared = 0;
        for (String cron : CronMoments.expressions(600)) {
            Optional<String> written = converter.of(job, new Schedule(cron, "UTC"));
            if (written.isPresent()) {
                CronExpression quartz = new CronExpression(written.orElseThrow());
                quartz.setTimeZone(TimeZone.getTimeZone("UTC"));
                Instant at = FROM.atStartOfDay(ZoneOffset.UTC).toInstant().minusSeconds(1);
                for (LocalDateTime expected : CronMoments.of(CronFields.of(cron), FROM, 20)) {
                    at = quartz.getNextValidTimeAfter(Date.from(at)).toInstant();
                    assertEquals(expected, LocalDateTime.ofInstant(at, ZoneOffset.UTC), () -> cron + " as " + quartz);
                }
                compared++;
            }
        }
        assertTrue(compared > 400, compared + " compared");
    }

    @Test
    void reportsTwoRestrictedDayFieldsAtThePipeline() {
        SampleProject project = new SampleProject(folder)
                .pipeline(
                        "gold.totals",
                        "schedule: {cron: '0 6 1 * 1'}\nsource: {table: silver.orders}\n",
                        "{layer: gold, mode: overwrite}");

        assertEquals(
                "pipelines/gold.totals.yml:1:7  error DEPLOY-002  Cannot express the schedule '0 6 1 * 1' of the job"
                        + " 'shop_gold_totals' for Databricks: it means days that match either the day of month or the"
                        + " day of week, but Quartz supports only one of the two fields\n    Use '*' in the third or"
                        + " the fifth field; two pipelines may have separate schedules.",
                error(project));
    }

    @Test
    void reportsDayFieldsThatBothHaveToMatch() {
        assertEquals(
                "conf/env/prod.yml  error DEPLOY-002  Cannot express the schedule '0 6 */2 * 1' of the job 'shop' for"
                        + " Databricks: it means days that match both the day of month and the day of week, but Quartz"
                        + " supports only one of the two fields\n    Use '*' in the third or the fifth field; two"
                        + " pipelines may have separate schedules.",
                error(new SampleProject(folder).settings("schedule: {cron: '0 6 */2 * 1'}")));
    }

    @Test
    void reportsAnInvalidExpressionAtTheEnvironment() {
        assertEquals(
                "conf/env/prod.yml  error DEPLOY-002  Cannot parse the schedule '61 6 * * *': Value 61"
                        + " not in range [0, 59]\n"
                        + "    Write minute, hour, day of month, month and day of week, such as '0 6 * * 1-5'.",
                error(new SampleProject(folder).settings("schedule: {cron: '61 6 * * *'}")));
    }

    private static String error(SampleProject project) {
        return assertThrows(IngotException.class, () -> project.declared().files(new Diagnostics()))
                .getMessage();
    }

    private String quartz(String cron) {
        String job = new SampleProject(folder)
                .settings("schedule: {cron: '" + cron + "'}")
                .declared()
                .files(new Diagnostics())
                .get("deploy/databricks/prod/resources/shop.job.yml");
        return TextFiles.readYaml(job)
                .at("/resources/jobs/shop/schedule/quartz_cron_expression")
                .asText();
    }
}
