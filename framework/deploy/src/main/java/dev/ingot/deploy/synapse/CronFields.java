package dev.ingot.deploy.synapse;

import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.parser.CronParser;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The moments that a five-field cron expression means, each field as the sorted values that it takes.
 *
 * @param weekDays 0 is Sunday
 */
record CronFields(
        List<Integer> minutes,
        List<Integer> hours,
        List<Integer> monthDays,
        List<Integer> months,
        List<Integer> weekDays) {

    private static final List<String> MONTHS =
            List.of("", "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec");
    private static final List<String> WEEK_DAYS = List.of("sun", "mon", "tue", "wed", "thu", "fri", "sat");

    /**
     * Reads an expression.
     *
     * @throws IllegalArgumentException when it is not one, with the reason
     */
    static CronFields of(String cron) {
        new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX))
                .parse(cron)
                .validate();
        List<String> fields = Arrays.asList(cron.strip().split(" +"));
        return new CronFields(
                values(fields.get(0), 0, 59, List.of()),
                values(fields.get(1), 0, 23, List.of()),
                values(fields.get(2), 1, 31, List.of()),
                values(fields.get(3), 1, 12, MONTHS),
                values(fields.get(4), 0, 7, WEEK_DAYS).stream()
                        .map(day -> day % 7)
                        .distinct()
                        .sorted()
                        .toList());
    }

    boolean isEveryHour() {
        return hours.size() == 24;
    }

    boolean isEveryMonthDay() {
        return monthDays.size() == 31;
    }

    boolean isEveryWeekDay() {
        return weekDays.size() == 7;
    }

    /** The distance between values that lie evenly in a whole of some size, first to first; 0 when they do not. */
    static int step(List<Integer> values, int whole) {
        int step = whole / values.size();
        boolean even = whole % values.size() == 0
                && IntStream.range(1, values.size()).allMatch(i -> values.get(i) - values.get(i - 1) == step);
        return even ? step : 0;
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
            int last = ends.size() == 1 && range.length == 1 ? ends.get(0) : greatest;
            last = ends.size() == 2 ? ends.get(1) : last;
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
