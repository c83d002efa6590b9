package dev.ingot.deploy.synapse;

import dev.ingot.deploy.CronFields;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * How often a schedule trigger fires, in the words of Synapse: every so many minutes, hours, days, weeks or months, and
 * within a day, week or month at listed times of listed days. Source: Microsoft, "Create a trigger that runs a pipeline
 * on a schedule".
 *
 * @param start from when on it counts, in the trigger's time zone; long past, as only future times fire
 * @param schedule the times within a day, week or month; empty where frequency and start say all
 */
record Recurrence(String frequency, int interval, LocalDateTime start, Map<String, Object> schedule) {

    private static final LocalDateTime START = LocalDateTime.of(2026, 1, 1, 0, 0);
    private static final List<String> WEEK_DAYS =
            List.of("Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday");

    /** Why a schedule cannot be said, and what could be said instead. */
    static final class Unsayable extends Exception {

        private static final long serialVersionUID = 1L;

        private final String instead;

        Unsayable(String reason, String instead) {
            super(reason);
            this.instead = instead;
        }

        String instead() {
            return instead;
        }
    }

    /** The recurrence that fires at exactly the moments of the fields. */
    static Recurrence of(CronFields cron) throws Unsayable {
        int monthStep = step(cron.months(), 12);
        if (cron.hasBothDays()) {
            throw new Unsayable(
                    "it means " + cron.bothDays() + ", and a trigger knows one of both",
                    "Restrict only one of them, as in '0 6 1 * *' or '0 6 * * 1'.");
        }
        if (monthStep == 0) {
            throw new Unsayable(
                    "a trigger knows every month or every so many, not the months "
                            + String.join(
                                    ",",
                                    cron.months().stream().map(String::valueOf).toList()),
                    "Say all months, or some at even distances, as in '0 6 1 */3 *'.");
        }
        if (monthStep > 1 && !cron.isEveryWeekDay()) {
            throw new Unsayable(
                    "a trigger that knows days of the week cannot leave out months",
                    "Say '*' for the month, or days of the month, as in '0 6 1 */3 *'.");
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

    /** The distance between values that lie evenly in a whole of some size, first to first; 0 when they do not. */
    private static int step(List<Integer> values, int whole) {
        int step = whole / values.size();
        boolean even = whole % values.size() == 0
                && IntStream.range(1, values.size()).allMatch(i -> values.get(i) - values.get(i - 1) == step);
        return even ? step : 0;
    }
}
