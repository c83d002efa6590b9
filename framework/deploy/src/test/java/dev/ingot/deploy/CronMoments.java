package dev.ingot.deploy;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Evaluates cron expressions and generates random ones. */
public final class CronMoments {

    private CronMoments() {}

    /** Returns the first matching moments from the start of a day. */
    public static List<LocalDateTime> of(CronFields cron, LocalDate from, int count) {
        List<LocalDateTime> moments = new ArrayList<>();
        for (LocalDate day = from; moments.size() < count; day = day.plusDays(1)) {
            LocalDate today = day;
            if (matches(cron, day)) {
                cron.hours().forEach(hour -> cron.minutes().forEach(minute -> moments.add(today.atTime(hour, minute))));
            }
        }
        return List.copyOf(moments.subList(0, count));
    }

    private static boolean matches(CronFields cron, LocalDate day) {
        boolean ofMonth = cron.monthDays().contains(day.getDayOfMonth());
        boolean ofWeek = cron.weekDays().contains(day.getDayOfWeek().getValue() % 7);
        return cron.months().contains(day.getMonthValue())
                && (cron.eitherDay() ? ofMonth || ofWeek : ofMonth && ofWeek);
    }

    /** Generates expressions that match some date; deterministic for a count. */
    public static List<String> expressions(int count) {
        Random random = new Random(count);
        List<String> expressions = new ArrayList<>();
        while (expressions.size() < count) {
            String cron = String.join(
                    " ",
                    field(random, 0, 59),
                    field(random, 0, 23),
                    random.nextBoolean() ? "*" : field(random, 1, 28),
                    random.nextBoolean() ? "*" : field(random, 1, 12),
                    random.nextBoolean() ? "*" : field(random, 0, 7));
            expressions.add(cron);
        }
        return List.copyOf(expressions);
    }

    private static String field(Random random, int min, int max) {
        return IntStream.rangeClosed(0, random.nextInt(3) / 2)
                .mapToObj(part -> part(random, min, max))
                .collect(Collectors.joining(","));
    }

    private static String part(Random random, int min, int max) {
        int first = random.nextInt(min, max + 1);
        int last = random.nextInt(first, max + 1);
        int step = random.nextInt(1, 1 + max / 2);
        return switch (random.nextInt(6)) {
            case 0 -> "*";
            case 1 -> "*/" + step;
            case 2 -> first + "-" + last;
            case 3 -> first + "-" + last + "/" + step;
            case 4 -> first + "/" + step;
            default -> "" + first;
        };
    }
}
