package dev.ingot.deploy.databricks;

import dev.ingot.definition.PipelineFile.Schedule;
import dev.ingot.deploy.CronFields;
import dev.ingot.deploy.Deployment;
import dev.ingot.deploy.Job;
import dev.ingot.diagnostics.Diagnostics;
import java.util.Optional;

/**
 * Converts five cron fields to Quartz syntax (org.quartz.CronExpression): with seconds, Sunday as 1, and '?' for the
 * day field that is not restricted. Quartz supports a restricted day of month or day of week, not both.
 */
final class QuartzCron {

    private final Deployment deployment;
    private final Diagnostics diagnostics;

    QuartzCron(Deployment deployment, Diagnostics diagnostics) {
        this.deployment = deployment;
        this.diagnostics = diagnostics;
    }

    /** Converts a job's schedule; reports an error and returns empty when Quartz cannot express it. */
    Optional<String> of(Job job, Schedule schedule) {
        CronFields cron = CronFields.of(schedule.cron());
        if (cron.restrictsBothDays()) {
            diagnostics.add(deployment.unsupportedSchedule(
                    job,
                    "Databricks",
                    "it means " + cron.dayFieldsMeaning() + ", but Quartz supports only one of the two fields",
                    "Use '*' in the third or the fifth field; two pipelines may have separate schedules."));
            return Optional.empty();
        }
        String[] fields = cron.text().split(" ", -1);
        String week =
                CronFields.listed(cron.weekDays().stream().map(day -> day + 1).toList(), 7);
        fields[2] = cron.isEveryWeekDay() ? fields[2] : "?";
        fields[4] = cron.isEveryWeekDay() ? "?" : week;
        return Optional.of("0 " + String.join(" ", fields));
    }
}
