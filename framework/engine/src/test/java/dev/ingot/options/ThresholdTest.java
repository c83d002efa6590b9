package dev.ingot.options;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ThresholdTest {

    @ParameterizedTest
    @CsvSource({"0, 0", "10, 10", "' 7 ', 7", "0%, 0%", "0.5%, 0.5%", "1 %, 1%", "100%, 100%", "100.0%, 100%"})
    void parsesCountsAndPercentages(String written, String read) {
        assertEquals(read, Threshold.parse(written).orElseThrow().toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "%",
                "few",
                "-1",
                "1.5",
                "1e3",
                "10d",
                "0x10",
                "NaN",
                "Infinity",
                "Infinity%",
                "101%",
                "100.1%",
                "-1%",
                "5 percent",
                "1%%",
                "1_000",
                "9999999999999999",
                "\u0661"
            })
    void rejectsOtherTexts(String written) {
        assertEquals(Optional.empty(), Threshold.parse(written));
    }

    @Test
    void isExceededOnlyAboveTheLimit() {
        Threshold two = Threshold.parse("2").orElseThrow();
        Threshold onePercent = Threshold.parse("1%").orElseThrow();

        assertFalse(two.exceededBy(2, 2));
        assertTrue(two.exceededBy(3, 1_000_000));
        assertFalse(onePercent.exceededBy(10, 1_000));
        assertTrue(onePercent.exceededBy(11, 1_000));
        assertFalse(onePercent.exceededBy(0, 0));
        assertTrue(Threshold.parse("0%").orElseThrow().exceededBy(1, 1_000_000_000_000L));
    }
}
