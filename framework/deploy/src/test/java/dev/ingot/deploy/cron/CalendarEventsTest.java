package dev.ingot.deploy.cron;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.cronutils.model.Cron;
import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import dev.ingot.definition.PipelineFile.Schedule;
import dev.ingot.deploy.Command;
import dev.ingot.testkit.Tools;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CalendarEventsTest {

    private static final Instant BASE = Instant.parse("2026-01-31T05:30:00Z");
    private static final Pattern MOMENT = Pattern.compile("(?:Next elapse|Iter. #\\d+): \\w+ (\\S+ \\S+) UTC");
    private static final DateTimeFormatter SYSTEMD =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    0 6 * * *             | *-*-* 06:00 Europe/Berlin
                    */15 * * * *          | *-*-* *:00,15,30,45 Europe/Berlin
                    5-50/20 8-10,18 * * * | *-*-* 08,09,10,18:05,25,45 Europe/Berlin
                    30 2 1,15 * *         | *-*-01,15 02:30 Europe/Berlin
                    0 0 1 1-12/3 *        | *-01,04,07,10-01 00:00 Europe/Berlin
                    0 7 * JAN,feb MON-FRI | Mon,Tue,Wed,Thu,Fri *-01,02-* 07:00 Europe/Berlin
                    0 7 * * 5-7           | Sun,Fri,Sat *-*-* 07:00 Europe/Berlin
                    0 7 */10 * 1          | Mon *-*-01,11,21,31 07:00 Europe/Berlin
                    0 7 1-31 * 1          | *-*-* 07:00 Europe/Berlin
                    0 7 1 * 1             | *-*-01 07:00 Europe/Berlin; Mon *-*-* 07:00 Europe/Berlin
                    """)
    void convertsACronExpressionToCalendarEvents(String cron, String events) {
        assertEquals(events, String.join("; ", CalendarEvents.of(new Schedule(cron, "Europe/Berlin"))));
    }

    /** Compares the next ten times of systemd with those of a cron parser, over a daylight saving change. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "0 6 * * *",
                "*/15 3-5 * * *",
                "5-50/20 8-10,18 * * *",
                "30 1 1,15 * *",
                "0 0 1 1-12/3 *",
                "0 7 * JAN,feb MON-FRI",
                "0 7 * * 0",
                "0 7 * * 5-7",
                "0 0 29 2 *"
            })
    void firesAtTheSameTimesAsCron(String cron) throws Exception {
        Tools.assumeInstalled("systemd-analyze");
        Cron parsed = new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX)).parse(cron);
        List<String> expected = new ArrayList<>();
        ZonedDateTime moment = BASE.atZone(ZoneId.of("Europe/Berlin"));
        for (int i = 0; i < 10; i++) {
            moment = ExecutionTime.forCron(parsed).nextExecution(moment).orElseThrow();
            expected.add(SYSTEMD.format(moment));
        }

        assertEquals(expected, systemd(CalendarEvents.of(new Schedule(cron, "Europe/Berlin"))));
    }

    @Test
    void matchesEitherDayIfBothAreRestricted() throws Exception {
        Tools.assumeInstalled("systemd-analyze");

        assertEquals(
                List.of(
                        "2026-02-01 07:00:00",
                        "2026-02-02 07:00:00",
                        "2026-02-09 07:00:00",
                        "2026-02-16 07:00:00",
                        "2026-02-23 07:00:00",
                        "2026-03-01 07:00:00",
                        "2026-03-02 07:00:00",
                        "2026-03-09 07:00:00",
                        "2026-03-16 07:00:00",
                        "2026-03-23 07:00:00"),
                systemd(CalendarEvents.of(new Schedule("0 7 1 * MON", "UTC"))));
    }

    private static List<String> systemd(List<String> events) throws Exception {
        TreeSet<String> moments = new TreeSet<>();
        for (String event : events) {
            Command command = Command.run(
                    "env",
                    "TZ=UTC",
                    "systemd-analyze",
                    "calendar",
                    "--iterations=10",
                    "--base-time=" + SYSTEMD.format(BASE) + " UTC",
                    event);
            assertEquals(0, command.code(), command.output());
            MOMENT.matcher(command.output())
                    .results()
                    .map((MatchResult match) -> match.group(1))
                    .forEach(moments::add);
        }
        return moments.stream().limit(10).toList();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "60 6 * * *",
                "0 24 * * *",
                "0 6 0 * *",
                "0 6 * 13 *",
                "0 6 * * 8",
                "0 6 L * *",
                "0 6 * * FRI-MON",
                "a b c d e"
            })
    void rejectsInvalidCronExpressions(String cron) {
        Schedule schedule = new Schedule(cron, "UTC");
        assertThrows(IllegalArgumentException.class, () -> CalendarEvents.of(schedule));
    }
}
