package dev.ingot.diagnostics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestTest {

    private static final List<String> KNOWN =
            List.of("keys", "keep_latest_by", "filter", "aggregate", "not_null", "unique", "merge", "silver.flights");

    @ParameterizedTest
    @CsvSource({
        "key, keys",
        "kesy, keys",
        "KEYS, keys",
        "filtr, filter",
        "fliter, filter",
        "notnull, not_null",
        "uniqe, unique",
        "aggregate_by, aggregate",
        "keep_latest, keep_latest_by",
        "silver.flihgts, silver.flights",
        "slver.flights, silver.flights"
    })
    void findsTheMeantName(String written, String meant) {
        assertEquals(Optional.of(meant), Nearest.to(written, KNOWN));
    }

    @ParameterizedTest
    @CsvSource({"''", "x", "ab", "window", "bronze.airports", "description"})
    void suggestsNothingForUnrelatedNames(String written) {
        assertEquals(Optional.empty(), Nearest.to(written, KNOWN));
    }

    @Test
    void prefersTheClosestAndThenTheFirst() {
        assertEquals(Optional.of("left"), Nearest.to("lef", List.of("left_semi", "left", "full")));
        assertEquals(Optional.of("min"), Nearest.to("mix", List.of("min", "mex")));
        assertEquals(Optional.empty(), Nearest.to("min", List.of()));
    }

    @Test
    void handlesAHugeTextQuickly() {
        String huge = "filter".repeat(200_000);

        assertTimeout(Duration.ofSeconds(1), () -> Nearest.to(huge, KNOWN));
    }
}
