package dev.ingot.deploy;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What cron expressions mean, moment by moment, and expressions of all kinds. */
public final class CronMoments {

    private CronMoments() {}

    /** So many moments of the fields, from the start of a day on. */
    public static List<LocalDateTime> of(CronFields cron, LocalDate from, int count) {
        List<LocalDateTime> moments = new ArrayList<>();
        for (LocalDate day = from; moments.size() < count; day = day.plusDays(1)) {
            LocalDate today = day;
            if (takes(cron, day)) {
                cron.hours().forEach(hour -> cron.minutes().forEach(minute -> moments.add(today.atTime(hour, minute))));
            }
        }
        return List.copyOf(moments.subList(0, count));
    }

    private static boolean takes(CronFields cron, LocalDate day) {
        boolean ofMonth = cron.monthDays().contains(day.getDayOfMonth());
        boolean ofWeek = cron.weekDays().contains(day.getDayOfWeek().getValue() % 7);
        return cron.months().contains(day.getMonthValue())
                && (cron.eitherDay() ? ofMonth || ofWeek : ofMonth && ofWeek);
    }

    /** Expressions of all kinds that come true, the same each time. */
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

    private static String field(Random random, int least, int greatest) {
        return IntStream.rangeClosed(0, random.nextInt(3) / 2)
                .mapToObj(part -> part(random, least, greatest))
                .collect(Collectors.joining(","));
    }

    private static String part(Random random, int least, int greatest) {
        int first = random.nextInt(least, greatest + 1);
        int last = random.nextInt(first, greatest + 1);
        int step = random.nextInt(1, 1 + greatest / 2);
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
