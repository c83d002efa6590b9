package dev.ingot.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CronFieldsTest {

    private static final LocalDate FROM = LocalDate.of(2026, 1, 1);

    /** The matching days of two weeks from Thursday, 1 January, according to crontab(5). */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            0 6 * * 0-7     | 1 2 3 4 5 6 7 8 9 10 11 12 13 14
            0 6 * * 1/2     | 2 4 5 7 9 11 12 14
            0 6 * * 5-7     | 2 3 4 9 10 11
            0 6 4 * 1       | 4 5 12
            0 6 1-31 * 1    | 1 2 3 4 5 6 7 8 9 10 11 12 13 14
            0 6 4 * 0-7     | 1 2 3 4 5 6 7 8 9 10 11 12 13 14
            0 6 */2 * 1     | 5
            0 6 */1 * 1     | 5 12
            0 6 1-9 * */2   | 1 3 4 6 8
            """)
    void combinesDayFieldsAsCronDoes(String cron, String days) {
        List<String> expected = List.of(days.split(" ", -1));

        assertEquals(
                expected,
                CronMoments.of(CronFields.of(cron), FROM, expected.size()).stream()
                        .map(moment -> "" + moment.getDayOfMonth())
                        .toList());
    }

    @Test
    void formatsAnEquivalentExpression() {
        List<String> crons = CronMoments.expressions(500).stream()
                .filter(cron -> {
                    CronFields fields = CronFields.of(cron);
                    return fields.eitherDay() || !fields.restrictsBothDays();
                })
                .toList();
        assertTrue(crons.size() > 300, crons::toString);
        for (String cron : crons) {
            String text = CronFields.of(cron).text();
            List<LocalDateTime> expected = CronMoments.of(CronFields.of(cron), FROM, 40);
            assertEquals(expected, CronMoments.of(CronFields.of(text), FROM, 40), () -> cron + " as " + text);
        }
    }
}
