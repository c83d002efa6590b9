package dev.ingot.deploy.cron;

import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.parser.CronParser;
import dev.ingot.spec.PipelineFile.Schedule;
import java.time.Month;
import java.util.List;
import java.util.Locale;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Five cron fields (crontab(5)) as systemd's calendar events (systemd.time(7)): each field as the list of its values.
 * Cron's day of month and day of week, where both are restricted, mean either; those are two events.
 */
final class CalendarEvents {

    private static final List<String> MONTHS =
            List.of("", "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec");
    private static final List<String> DAYS = List.of("Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat");

    private CalendarEvents() {}

    /**
     * The events that together are the schedule.
     *
     * @throws IllegalArgumentException when the fields are no cron expression, or never come true, with the reason
     */
    static List<String> of(Schedule schedule) {
        new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX))
                .parse(schedule.cron())
                .validate();
        String[] fields = schedule.cron().split(" +", -1);
        SortedSet<Integer> months = values(fields[3], 1, 12, MONTHS);
        SortedSet<Integer> monthDays = values(fields[2], 1, 31, List.of());
        SortedSet<Integer> weekDays = new TreeSet<>();
        values(fields[4], 0, 7, lower(DAYS)).forEach(day -> weekDays.add(day % 7));

        String time = list(values(fields[1], 0, 23, List.of()), 24) + ":"
                + list(values(fields[0], 0, 59, List.of()), 60) + " " + schedule.timezone();
        String month = "*-" + list(months, 12) + "-";
        String week = list(weekDays, 7, DAYS::get).replace("*", "");
        if (!fields[2].startsWith("*") && !fields[4].startsWith("*")) {
            return List.of(month + list(monthDays, 31) + " " + time, week + " " + month + "* " + time);
        }
        if (months.stream()
                .allMatch(number -> monthDays.first() > Month.of(number).maxLength())) {
            throw new IllegalArgumentException("no month that it names has a day " + monthDays.first());
        }
        return List.of((week + " " + month + list(monthDays, 31) + " " + time).strip());
    }

    private static String list(SortedSet<Integer> values, int all) {
        return list(values, all, value -> String.format(Locale.ROOT, "%02d", value));
    }

    private static String list(SortedSet<Integer> values, int all, IntFunction<String> word) {
        return values.size() == all ? "*" : values.stream().map(word::apply).collect(Collectors.joining(","));
    }

    private static SortedSet<Integer> values(String field, int least, int greatest, List<String> names) {
        SortedSet<Integer> values = new TreeSet<>();
        for (String part : field.split(",", -1)) {
            String[] range = part.split("/", -1);
            int step = range.length == 1 ? 1 : Integer.parseInt(range[1]);
            List<Integer> ends = range[0].equals("*")
                    ? List.of(least, greatest)
                    : Stream.of(range[0].split("-", -1))
                            .map(end -> value(end, names))
                            .toList();
            boolean one = ends.size() == 1 && range.length == 1;
            int last = one ? ends.get(0) : ends.size() == 1 ? greatest : ends.get(1);
            for (int value = ends.get(0); value <= last; value += step) {
                values.add(value);
            }
        }
        return values;
    }

    private static int value(String text, List<String> names) {
        int named = names.indexOf(text.toLowerCase(Locale.ROOT));
        return named >= 0 ? named : Integer.parseInt(text);
    }

    private static List<String> lower(List<String> names) {
        return names.stream().map(name -> name.toLowerCase(Locale.ROOT)).toList();
    }
}
