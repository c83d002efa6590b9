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
 * The moments that five cron fields mean (crontab(5)), each field as the sorted values that it takes. Two day fields that
 * together mean every day are both whole.
 *
 * @param weekDays 0 is Sunday
 * @param eitherDay where both day fields leave out days, whether a day that one of them takes is enough; where a day field
 *     begins with an asterisk, such as {@code *}{@code /2}, both have to take it
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
     * Reads an expression.
     *
     * @throws IllegalArgumentException when it is not one, or never comes true, with the reason
     */
    public static CronFields of(String cron) {
        try {
            new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX))
                    .parse(cron)
                    .validate();
        } catch (IllegalArgumentException unfit) {
            throw new IllegalArgumentException(
                    unfit.getMessage().replaceFirst("^Failed to parse cron expression\\. *", ""), unfit);
        }
        String[] fields = cron.strip().split(" +", -1);
        CronFields read = new CronFields(
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
        int first = read.monthDays.get(0);
        if (!read.eitherDay
                && read.months.stream()
                        .allMatch(month -> first > Month.of(month).maxLength())) {
            throw new IllegalArgumentException("no month that it names has a day " + first);
        }
        return read.eitherDay && !read.hasBothDays() ? read.daily() : read;
    }

    /** Whether both day fields leave out days. */
    public boolean hasBothDays() {
        return !isEveryMonthDay() && !isEveryWeekDay();
    }

    /** What the two day fields mean where both leave out days, for messages. */
    public String bothDays() {
        return eitherDay
                ? "days of the month or of the week, whichever comes"
                : "days of the month that are such days of the week";
    }

    public boolean isEveryMonthDay() {
        return monthDays.size() == 31;
    }

    public boolean isEveryWeekDay() {
        return weekDays.size() == 7;
    }

    /**
     * The same in the words that all readers of cron have: numbers, Sunday as 0, ranges without a step. It says as well which
     * days are meant where either is enough; to say that both have to take a day, it has no words.
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

    /** Sorted values as a field: an asterisk when they are all that there are, ranges where they follow each other. */
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

    private static String stepped(List<Integer> values, int least, int all) {
        int step = values.size() == 1 ? 1 : values.get(1) - values.get(0);
        boolean even = step > 1
                && values.equals(IntStream.range(0, all)
                        .filter(value -> value % step == 0)
                        .mapToObj(value -> value + least)
                        .toList());
        return even ? "*/" + step : listed(values, all);
    }

    private CronFields daily() {
        return new CronFields(
                minutes,
                hours,
                IntStream.rangeClosed(1, 31).boxed().toList(),
                months,
                IntStream.range(0, 7).boxed().toList(),
                false);
    }

    private static List<Integer> values(String field, int least, int greatest, List<String> names) {
        TreeSet<Integer> values = new TreeSet<>();
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
            if (last < ends.get(0)) {
                throw new IllegalArgumentException("the range " + range[0] + " runs backwards");
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
