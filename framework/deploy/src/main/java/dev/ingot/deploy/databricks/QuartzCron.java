package dev.ingot.deploy.databricks;

import com.cronutils.mapper.CronMapper;
import com.cronutils.model.Cron;
import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.parser.CronParser;
import dev.ingot.diagnostics.Code;
import dev.ingot.diagnostics.Diagnostic;
import dev.ingot.diagnostics.Diagnostics;
import dev.ingot.diagnostics.SourceSpan;
import dev.ingot.plan.LogicalPlan;
import dev.ingot.spec.PipelineFile.Schedule;
import java.util.Optional;

/**
 * Five cron fields as Quartz reads them: with seconds, Sunday as 1, and '?' for the one of the two day fields that says
 * nothing. Quartz cannot say "on this day of the month or on that day of the week", which is what cron means by both.
 */
final class QuartzCron {

    private static final CronParser FIVE = new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX));

    private final LogicalPlan plan;
    private final Diagnostics diagnostics;

    QuartzCron(LogicalPlan plan, Diagnostics diagnostics) {
        this.plan = plan;
        this.diagnostics = diagnostics;
    }

    /** The schedule's fields for Quartz; empty when it cannot say them, which is reported. */
    Optional<String> of(Schedule schedule) {
        String[] fields = schedule.cron().split(" +", -1);
        if (!fields[2].equals("*") && !fields[4].equals("*")) {
            return refuse(
                    schedule,
                    "it names days of the month and of the week, and Quartz takes one of them",
                    "Leave '*' in the third or the fifth field; two pipelines may have a schedule each.");
        }
        try {
            Cron cron = FIVE.parse(schedule.cron());
            String withYear = CronMapper.fromUnixToQuartz().map(cron).asString();
            return Optional.of(withYear.substring(0, withYear.lastIndexOf(' ')));
        } catch (IllegalArgumentException wrong) {
            return refuse(schedule, wrong.getMessage(), "Write minute, hour, day of month, month and day of week.");
        }
    }

    private Optional<String> refuse(Schedule schedule, String reason, String remedy) {
        diagnostics.add(Diagnostic.error(
                Code.DEPLOY_SCHEDULE,
                place(schedule),
                "Cannot schedule '" + schedule.cron() + "' on Databricks: " + reason,
                remedy));
        return Optional.empty();
    }

    /** Where the schedule is written: the first pipeline that has it, or else the environment. */
    private SourceSpan place(Schedule schedule) {
        return plan.pipelines().stream()
                .map(pipeline -> pipeline.pipeline())
                .filter(pipeline -> pipeline.file().schedule().equals(Optional.of(schedule)))
                .map(pipeline -> pipeline.span())
                .findFirst()
                .orElse(SourceSpan.of("conf/env/" + plan.project().environment() + ".yml"));
    }
}
