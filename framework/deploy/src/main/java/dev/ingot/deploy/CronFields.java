package dev.ingot.deploy;

import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.parser.CronParser;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The moments that five cron fields mean (crontab(5)), each field as the sorted values that it takes.
 *
 * @param weekDays 0 is Sunday
 * @param eitherDay whether a day of the month and a day of the week are both asked for, of which either is enough; a field
 *     that begins with an asterisk asks for none
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
     * @throws IllegalArgumentException when it is not one, with the reason
     */
    public static CronFields of(String cron) {
        new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX))
                .parse(cron)
                .validate();
        String[] fields = cron.strip().split(" +", -1);
        return new CronFields(
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
