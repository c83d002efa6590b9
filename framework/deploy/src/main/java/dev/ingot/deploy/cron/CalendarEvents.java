package dev.ingot.deploy.cron;

import dev.ingot.definition.PipelineFile.Schedule;
import dev.ingot.deploy.CronFields;
import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;
import java.util.stream.Collectors;

/**
 * Converts five cron fields (crontab(5)) to systemd's calendar events (systemd.time(7)), each field to the list of its
 * values. If cron's day of month and day of week are both restricted, either may match; this needs two events.
 */
final class CalendarEvents {

    private static final List<String> DAYS = List.of("Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat");

    private CalendarEvents() {}

    /**
     * Returns the events that together make up the schedule.
     *
     * @throws IllegalArgumentException when the fields are not a cron expression, with the reason
     */
    static List<String> of(Schedule schedule) {
        CronFields cron = CronFields.of(schedule.cron());
        String time = list(cron.hours(), 24) + ":" + list(cron.minutes(), 60) + " " + schedule.timezone();
        String month = "*-" + list(cron.months(), 12) + "-";
        String monthDays = list(cron.monthDays(), 31);
        String week = list(cron.weekDays(), 7, DAYS::get).replace("*", "");
        if (cron.eitherDay()) {
            return List.of(month + monthDays + " " + time, week + " " + month + "* " + time);
        }
        return List.of((week + " " + month + monthDays + " " + time).strip());
    }

    private static String list(List<Integer> values, int all) {
        return list(values, all, value -> String.format(Locale.ROOT, "%02d", value));
    }

    private static String list(List<Integer> values, int all, IntFunction<String> format) {
        return values.size() == all ? "*" : values.stream().map(format::apply).collect(Collectors.joining(","));
    }
}
