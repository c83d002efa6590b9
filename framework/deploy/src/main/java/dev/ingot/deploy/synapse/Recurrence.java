package dev.ingot.deploy.synapse;

import dev.ingot.deploy.CronFields;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The recurrence of a Synapse schedule trigger: every n minutes, hours, days, weeks or months, and within a day, week
 * or month at listed times of listed days. Source: Microsoft, "Create a trigger that runs a pipeline on a schedule".
 *
 * @param start the time from which intervals count, in the trigger's time zone; in the past, as only future times fire
 * @param schedule the times within a day, week or month; empty if frequency and start suffice
 */
record Recurrence(String frequency, int interval, LocalDateTime start, Map<String, Object> schedule) {

    private static final LocalDateTime START = LocalDateTime.of(2026, 1, 1, 0, 0);
    private static final List<String> WEEK_DAYS =
            List.of("Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday");

    /** Reports that a trigger does not support a schedule, with the reason and the remedy. */
    static final class UnsupportedSchedule extends Exception {

        private static final long serialVersionUID = 1L;

        private final String remedy;

        UnsupportedSchedule(String reason, String remedy) {
            super(reason);
            this.remedy = remedy;
        }

        String remedy() {
            return remedy;
        }
    }

    /** Returns the recurrence that fires at exactly the times of the cron fields. */
    static Recurrence of(CronFields cron) throws UnsupportedSchedule {
        int monthStep = step(cron.months(), 12);
        if (cron.restrictsBothDays()) {
            throw new UnsupportedSchedule(
                    "it means " + cron.dayFieldsMeaning() + ", and a trigger supports only one of both",
                    "Restrict only one of them, as in '0 6 1 * *' or '0 6 * * 1'.");
        }
        if (monthStep == 0) {
            throw new UnsupportedSchedule(
                    "a trigger supports every month or every n months, not the months "
                            + String.join(
                                    ",",
                                    cron.months().stream().map(String::valueOf).toList()),
                    "Use all months, or months at equal intervals, as in '0 6 1 */3 *'.");
        }
        if (monthStep > 1 && !cron.isEveryWeekDay()) {
            throw new UnsupportedSchedule(
                    "a trigger with days of the week cannot skip months",
                    "Use '*' for the month, or days of the month, as in '0 6 1 */3 *'.");
        }
        Map<String, Object> schedule = JsonTree.of("minutes", cron.minutes(), "hours", cron.hours());
        if (!cron.isEveryWeekDay()) {
            schedule.put(
                    "weekDays", cron.weekDays().stream().map(WEEK_DAYS::get).toList());
            return new Recurrence("Week", 1, START, schedule);
        }
        if (monthStep > 1 || !cron.isEveryMonthDay()) {
            schedule.put("monthDays", cron.monthDays());
            return new Recurrence(
                    "Month", monthStep, START.withMonth(cron.months().get(0)), schedule);
        }
        return daily(cron, schedule);
    }

    private static Recurrence daily(CronFields cron, Map<String, Object> schedule) {
        int first = cron.minutes().get(0);
        if (isEveryHour(cron) && cron.minutes().size() == 1) {
            return new Recurrence("Hour", 1, START.withMinute(first), Map.of());
        }
        int step = step(cron.minutes(), 60);
        if (isEveryHour(cron) && step > 0) {
            return new Recurrence("Minute", step, START.withMinute(first), Map.of());
        }
        return new Recurrence("Day", 1, START, schedule);
    }

    private static boolean isEveryHour(CronFields cron) {
        return cron.hours().size() == 24;
    }

    /** Returns the interval between values that are evenly spaced over a cycle of some length; 0 if they are not. */
    private static int step(List<Integer> values, int cycle) {
        int step = cycle / values.size();
        boolean even = cycle % values.size() == 0
                && IntStream.range(1, values.size()).allMatch(i -> values.get(i) - values.get(i - 1) == step);
        return even ? step : 0;
    }
}
