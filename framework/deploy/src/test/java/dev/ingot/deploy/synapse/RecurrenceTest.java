package dev.ingot.deploy.synapse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import dev.ingot.deploy.CronFields;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.TextStyle;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecurrenceTest {

    private static final LocalDateTime FROM = LocalDateTime.of(2026, 2, 10, 0, 0);
    private static final LocalDateTime UNTIL = LocalDateTime.of(2027, 3, 10, 0, 0);

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            * * * * *             | Minute 1 2026-01-01T00:00 {}
            */15 * * * *          | Minute 15 2026-01-01T00:00 {}
            5/20 * * * *          | Minute 20 2026-01-01T00:05 {}
            30 * * * *            | Hour 1 2026-01-01T00:30 {}
            0 6 * * *             | Day 1 2026-01-01T00:00 {minutes=[0], hours=[6]}
            5,50 6-8 * * *        | Day 1 2026-01-01T00:00 {minutes=[5, 50], hours=[6, 7, 8]}
            0 */6 * * *           | Day 1 2026-01-01T00:00 {minutes=[0], hours=[0, 6, 12, 18]}
            0 6 * * mon-fri       | Week 1 2026-01-01T00:00 {minutes=[0], hours=[6], weekDays=[Monday, Tuesday, Wednesday, Thursday, Friday]}
            0 6 * * 7             | Week 1 2026-01-01T00:00 {minutes=[0], hours=[6], weekDays=[Sunday]}
            0 6 * * 6,0           | Week 1 2026-01-01T00:00 {minutes=[0], hours=[6], weekDays=[Sunday, Saturday]}
            0 6 1,15 * *          | Month 1 2026-01-01T00:00 {minutes=[0], hours=[6], monthDays=[1, 15]}
            0 6 1 */3 *           | Month 3 2026-01-01T00:00 {minutes=[0], hours=[6], monthDays=[1]}
            0 6 1 FEB,aug *       | Month 6 2026-02-01T00:00 {minutes=[0], hours=[6], monthDays=[1]}
            0 6 24 12 *           | Month 12 2026-12-01T00:00 {minutes=[0], hours=[6], monthDays=[24]}
            0 6 1-31 * 0-6        | Day 1 2026-01-01T00:00 {minutes=[0], hours=[6]}
            0 6 1-31 * 1          | Day 1 2026-01-01T00:00 {minutes=[0], hours=[6]}
            0 6 1 * 0-7           | Day 1 2026-01-01T00:00 {minutes=[0], hours=[6]}
            0 6 */1 * 1           | Week 1 2026-01-01T00:00 {minutes=[0], hours=[6], weekDays=[Monday]}
            """)
    void convertsCronToARecurrence(String cron, String expected) throws Recurrence.UnsupportedSchedule {
        Recurrence found = Recurrence.of(CronFields.of(cron));
        assertEquals(
                expected, found.frequency() + " " + found.interval() + " " + found.start() + " " + found.schedule());
    }

    /** Compares the times of a year with those of cron, computed by cron-utils. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "5/20 * * * *",
                "30 * * * *",
                "0,40 * * * *",
                "7 3-9/3 * * *",
                "0 6 * * 1,3",
                "30 4 31 * *",
                "0 6 1 */4 *",
                "0 6 29 2,8 *",
                "0 0 */10 * *",
                "15 2 * 5,11 *"
            })
    void firesAtTheSameTimesAsCron(String cron) throws Recurrence.UnsupportedSchedule {
        ExecutionTime times = ExecutionTime.forCron(
                new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX)).parse(cron));
        List<LocalDateTime> expected = new ArrayList<>();
        ZonedDateTime next = FROM.minusMinutes(1).atZone(ZoneOffset.UTC);
        while (true) {
            next = times.nextExecution(next).orElseThrow();
            if (!next.toLocalDateTime().isBefore(UNTIL)) {
                break;
            }
            expected.add(next.toLocalDateTime());
        }
        Recurrence found = Recurrence.of(CronFields.of(cron));
        List<LocalDateTime> fired = LongStream.range(0, FROM.until(UNTIL, ChronoUnit.MINUTES))
                .mapToObj(FROM::plusMinutes)
                .filter(moment -> fires(found, moment))
                .toList();
        assertEquals(expected, fired);
    }

    /** Implements frequency, interval and schedule as Microsoft documents them. */
    private static boolean fires(Recurrence recurrence, LocalDateTime moment) {
        LocalDateTime start = recurrence.start();
        Map<String, Object> schedule = recurrence.schedule();
        boolean atTime = schedule.isEmpty()
                || (((List<?>) schedule.get("minutes")).contains(moment.getMinute())
                        && ((List<?>) schedule.get("hours")).contains(moment.getHour()));
        return atTime
                && switch (recurrence.frequency()) {
                    case "Minute" -> start.until(moment, ChronoUnit.MINUTES) % recurrence.interval() == 0;
                    case "Hour" -> start.until(moment, ChronoUnit.MINUTES) % (60L * recurrence.interval()) == 0;
                    case "Day" -> true;
                    case "Week" ->
                        ((List<?>) schedule.get("weekDays"))
                                .contains(moment.getDayOfWeek().getDisplayName(TextStyle.FULL, Locale.ENGLISH));
                    default ->
                        ((List<?>) schedule.get("monthDays")).contains(moment.getDayOfMonth())
                                && Math.floorMod(moment.getMonthValue() - start.getMonthValue(), recurrence.interval())
                                        == 0;
                };
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            0 6 1 * 1     | it means days that match either the day of month or the day of week, and a trigger supports only one of both | Restrict only one of them, as in '0 6 1 * *' or '0 6 * * 1'.
            0 6 */2 * 1   | it means days that match both the day of month and the day of week, and a trigger supports only one of both | Restrict only one of them, as in '0 6 1 * *' or '0 6 * * 1'.
            0 6 1 1,2 *   | a trigger supports every month or every n months, not the months 1,2 | Use all months, or months at equal intervals, as in '0 6 1 */3 *'.
            0 6 * */6 1   | a trigger with days of the week cannot skip months | Use '*' for the month, or days of the month, as in '0 6 1 */3 *'.
            """)
    void rejectsUnsupportedSchedules(String cron, String reason, String remedy) {
        CronFields fields = CronFields.of(cron);
        Recurrence.UnsupportedSchedule unsupported =
                assertThrows(Recurrence.UnsupportedSchedule.class, () -> Recurrence.of(fields));
        assertEquals(reason, unsupported.getMessage());
        assertEquals(remedy, unsupported.remedy());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "60 * * * *",
                "0 24 * * *",
                "a b c d e",
                "0 6 L * *",
                "0 6 * * 1#2",
                "*/0 * * * *",
                "0 6 * * sat-sun",
                "5-1 * * * *",
                "0 6 30 2 *",
                "0 6 31 2,4 *"
            })
    void rejectsInvalidCronExpressions(String cron) {
        assertThrows(IllegalArgumentException.class, () -> CronFields.of(cron));
    }

    @ParameterizedTest
    @CsvSource({
        "UTC,UTC",
        "Etc/UTC,UTC",
        "Europe/Berlin,W. Europe Standard Time",
        "Europe/London,GMT Standard Time",
        "America/New_York,Eastern Standard Time",
        "Asia/Kolkata,India Standard Time",
        "Australia/Sydney,AUS Eastern Standard Time"
    })
    void mapsZonesToWindowsNames(String zone, String windows) {
        assertEquals(windows, WindowsZones.of(zone).orElseThrow());
    }

    /** Zones with the same Windows name must have the same offsets now; anything else is a mistake in the file. */
    @Test
    void mapsZonesWithTheSameOffsetsToOneName() {
        ZonedDateTime summer = ZonedDateTime.of(2026, 7, 1, 12, 0, 0, 0, ZoneOffset.UTC);
        ZonedDateTime winter = ZonedDateTime.of(2026, 1, 15, 12, 0, 0, 0, ZoneOffset.UTC);
        Map<String, String> offsets = new TreeMap<>();
        ZoneId.getAvailableZoneIds().stream()
                .sorted()
                .forEach(zone -> WindowsZones.of(zone).ifPresent(name -> {
                    String here = ZoneId.of(zone).getRules().getOffset(winter.toInstant()) + " "
                            + ZoneId.of(zone).getRules().getOffset(summer.toInstant());
                    String other = offsets.putIfAbsent(name, here);
                    assertTrue(other == null || other.equals(here), zone + " as " + name + ": " + here + ", " + other);
                }));
        assertTrue(offsets.size() > 60, offsets.toString());
    }
}
