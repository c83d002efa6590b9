package dev.ingot.deploy;

import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.parser.CronParser;
import java.time.Month;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A parsed cron expression of five fields (crontab(5)): each field as the sorted list of its matching values. When the
 * two day fields together match every day, both hold all values.
 *
 * @param weekDays 0 is Sunday
 * @param eitherDay whether a day matches when only one of the two restricted day fields matches it. When a day field
 *     starts with an asterisk, such as {@code *}{@code /2}, both fields must match
 */
public record CronFields(
        List<Integer> minutes,
        List<Integer> hours,
        List<Integer> monthDays,
        List<Integer> months,
        List<Integer> weekDays,
        boolean eitherDay) {

    private static final List<String> MONTHS =
            List.of("", "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec");
    private static final List<String> WEEK_DAYS = List.of("sun", "mon", "tue", "wed", "thu", "fri", "sat");

    public CronFields {
        minutes = List.copyOf(minutes);
        hours = List.copyOf(hours);
        monthDays = List.copyOf(monthDays);
        months = List.copyOf(months);
        weekDays = List.copyOf(weekDays);
    }

    /**
     * Parses an expression.
     *
     * @throws IllegalArgumentException with the reason, when the expression is invalid or never matches a date
     */
    public static CronFields of(String cron) {
        try {
            new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX))
                    .parse(cron)
                    .validate();
        } catch (IllegalArgumentException invalid) {
            throw new IllegalArgumentException(
                    invalid.getMessage().replaceFirst("^Failed to parse cron expression\\. *", ""), invalid);
        }
        String[] fields = cron.strip().split(" +", -1);
        CronFields parsed = new CronFields(
                values(fields[0], 0, 59, List.of()),
                values(fields[1], 0, 23, List.of()),
                values(fields[2], 1, 31, List.of()),
                values(fields[3], 1, 12, MONTHS),
                values(fields[4], 0, 7, WEEK_DAYS).stream()
                        .map(day -> day % 7)
                        .distinct()
                        .sorted()
                        .toList(),
                !fields[2].startsWith("*") && !fields[4].startsWith("*"));
        int first = parsed.monthDays.get(0);
        if (!parsed.eitherDay
                && parsed.months.stream()
                        .allMatch(month -> first > Month.of(month).maxLength())) {
            throw new IllegalArgumentException("none of its months has a day " + first);
        }
        return parsed.eitherDay && !parsed.restrictsBothDays() ? parsed.everyDay() : parsed;
    }

    /** Returns whether both day fields are restricted. */
    public boolean restrictsBothDays() {
        return !isEveryMonthDay() && !isEveryWeekDay();
    }

    /** Describes in a message how two restricted day fields are combined. */
    public String dayFieldsMeaning() {
        return eitherDay
                ? "days that match either the day of month or the day of week"
                : "days that match both the day of month and the day of week";
    }

    public boolean isEveryMonthDay() {
        return monthDays.size() == 31;
    }

    public boolean isEveryWeekDay() {
        return weekDays.size() == 7;
    }

    /**
     * Formats the fields as an expression that every cron implementation reads: numbers, Sunday as 0, ranges without a
     * step. The result keeps the meaning when {@code eitherDay} is true; that both day fields must match, it cannot
     * express.
     */
    public String text() {
        return String.join(
                " ",
                stepped(minutes, 0, 60),
                stepped(hours, 0, 24),
                listed(monthDays, 31),
                stepped(months, 1, 12),
                listed(weekDays, 7));
    }

    /**
     * Formats sorted values as a cron field: an asterisk when they are complete, ranges where they are consecutive.
     *
     * @param all the number of values that the field can have
     */
    public static String listed(List<Integer> values, int all) {
        if (values.size() == all) {
            return "*";
        }
        List<String> ranges = new ArrayList<>();
        int first = values.get(0);
        for (int i = 0; i < values.size(); i++) {
            int last = values.get(i);
            if (i + 1 == values.size() || values.get(i + 1) > last + 1) {
                ranges.add(first == last ? "" + first : first + "-" + last);
                first = i + 1 == values.size() ? first : values.get(i + 1);
            }
        }
        return String.join(",", ranges);
    }

    private static String stepped(List<Integer> values, int min, int all) {
        int step = values.size() == 1 ? 1 : values.get(1) - values.get(0);
        boolean isStep = step > 1
                && values.equals(IntStream.range(0, all)
                        .filter(value -> value % step == 0)
                        .mapToObj(value -> value + min)
                        .toList());
        return isStep ? "*/" + step : listed(values, all);
    }

    private CronFields everyDay() {
        return new CronFields(
                minutes,
                hours,
                IntStream.rangeClosed(1, 31).boxed().toList(),
                months,
                IntStream.range(0, 7).boxed().toList(),
                false);
    }

    private static List<Integer> values(String field, int min, int max, List<String> names) {
        TreeSet<Integer> values = new TreeSet<>();
        for (String part : field.split(",", -1)) {
            String[] range = part.split("/", -1);
            int step = range.length == 1 ? 1 : Integer.parseInt(range[1]);
            List<Integer> ends = range[0].equals("*")
                    ? List.of(min, max)
                    : Stream.of(range[0].split("-", -1))
                            .map(end -> value(end, names))
                            .toList();
            boolean single = ends.size() == 1 && range.length == 1;
            int last = single ? ends.get(0) : ends.size() == 1 ? max : ends.get(1);
            if (last < ends.get(0)) {
                throw new IllegalArgumentException("the range " + range[0] + " starts after its end");
            }
            for (int value = ends.get(0); value <= last; value += step) {
                values.add(value);
            }
        }
        return List.copyOf(values);
    }

    private static int value(String text, List<String> names) {
        int named = names.indexOf(text.toLowerCase(Locale.ROOT));
        return named >= 0 ? named : Integer.parseInt(text);
    }
}
