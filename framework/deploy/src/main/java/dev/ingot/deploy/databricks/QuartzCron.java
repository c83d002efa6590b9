package dev.ingot.deploy.databricks;

import dev.ingot.definition.PipelineFile.Schedule;
import dev.ingot.deploy.CronFields;
import dev.ingot.deploy.Deployment;
import dev.ingot.deploy.Job;
import dev.ingot.diagnostics.Diagnostics;
import java.util.Optional;

/**
 * Five cron fields as Quartz reads them (org.quartz.CronExpression): with seconds, Sunday as 1, and '?' for the one of the
 * two day fields that says nothing. Quartz takes days of the month or of the week, not both.
 */
final class QuartzCron {

    private final Deployment deployment;
    private final Diagnostics diagnostics;

    QuartzCron(Deployment deployment, Diagnostics diagnostics) {
        this.deployment = deployment;
        this.diagnostics = diagnostics;
    }

    /** The fields of a job's schedule for Quartz; empty when it cannot say them, which is reported. */
    Optional<String> of(Job job, Schedule schedule) {
        CronFields cron = CronFields.of(schedule.cron());
        if (cron.hasBothDays()) {
            diagnostics.add(deployment.refusedSchedule(
                    job,
                    "Databricks",
                    "it means " + cron.bothDays() + ", and Quartz takes one of both",
                    "Leave '*' in the third or the fifth field; two pipelines may have a schedule each."));
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
