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

/** Five cron fields mean the same to Quartz, or are refused with their place. */
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
    void fieldsAreWrittenAsQuartzReadsThem(String five, String quartz) {
        assertEquals(quartz, quartz(five));
    }

    @Test
    void quartzItselfReadsTheMomentsThatCronMeans() throws ParseException {
        DeploymentTarget<Databricks.Options> declared = new SampleProject(folder).declared();
        QuartzCron writer = new QuartzCron(declared.deployment(), new Diagnostics());
        Job job = declared.deployment().jobs().get(0);
        int compared = 0;
        for (String five : CronMoments.expressions(600)) {
            Optional<String> written = writer.of(job, new Schedule(five, "UTC"));
            if (written.isPresent()) {
                CronExpression quartz = new CronExpression(written.orElseThrow());
                quartz.setTimeZone(TimeZone.getTimeZone("UTC"));
                Instant at = FROM.atStartOfDay(ZoneOffset.UTC).toInstant().minusSeconds(1);
                for (LocalDateTime meant : CronMoments.of(CronFields.of(five), FROM, 20)) {
                    at = quartz.getNextValidTimeAfter(Date.from(at)).toInstant();
                    assertEquals(meant, LocalDateTime.ofInstant(at, ZoneOffset.UTC), () -> five + " as " + quartz);
                }
                compared++;
            }
        }
        assertTrue(compared > 400, compared + " compared");
    }

    @Test
    void daysOfMonthAndWeekTogetherAreRefusedAtThePipelineThatSaysThem() {
        SampleProject project = new SampleProject(folder)
                .pipeline(
                        "gold.totals",
                        "schedule: {cron: '0 6 1 * 1'}\nsource: {table: silver.orders}\n",
                        "{layer: gold, mode: overwrite}");

        assertEquals(
                "pipelines/gold.totals.yml:1:7  error DEPLOY-002  Cannot give the schedule '0 6 1 * 1' of the job"
                        + " 'shop_gold_totals' to Databricks: it means days of the month or of the week, whichever"
                        + " comes, and Quartz takes one of both\n    Leave '*' in the third or the"
                        + " fifth field; two pipelines may have a schedule each.",
                refusal(project));
    }

    @Test
    void daysThatBothFieldsHaveToTakeAreRefused() {
        assertEquals(
                "conf/env/prod.yml  error DEPLOY-002  Cannot give the schedule '0 6 */2 * 1' of the job 'shop' to"
                        + " Databricks: it means days of the month that are such days of the week, and Quartz takes one of"
                        + " both\n    Leave '*' in the third or the fifth field; two pipelines may have a schedule each.",
                refusal(new SampleProject(folder).words("schedule: {cron: '0 6 */2 * 1'}")));
    }

    @Test
    void whatIsNoCronIsRefusedAtTheEnvironment() {
        assertEquals(
                "conf/env/prod.yml  error DEPLOY-002  Cannot understand the schedule '61 6 * * *': Value 61"
                        + " not in range [0, 59]\n"
                        + "    Write minute, hour, day of month, month and day of week, such as '0 6 * * 1-5'.",
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
}
