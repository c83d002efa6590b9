package dev.ingot.options;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Parses durations as users write them: {@code 7 days}. */
final class DurationText {

    private static final Pattern WRITTEN = Pattern.compile("(\\d{1,6}) (second|minute|hour|day|week)s?");

    private DurationText() {}

    /** Parses a whole number and a unit; returns empty for anything else. */
    static Optional<Duration> parse(String text) {
        Matcher written = WRITTEN.matcher(text.strip());
        if (!written.matches()) {
            return Optional.empty();
        }
        long number = Long.parseLong(written.group(1));
        return Optional.of(
                written.group(2).equals("week")
                        ? Duration.ofDays(7 * number)
                        : Duration.of(
                                number, ChronoUnit.valueOf(written.group(2).toUpperCase(Locale.ROOT) + "S")));
    }
}
