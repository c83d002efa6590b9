package dev.ingot.cli;

import java.time.Duration;
import java.util.Locale;

/** Formats counts and durations for people. */
final class NumberText {

    private NumberText() {}

    /** Returns "1 pipeline", "3 pipelines". */
    static String count(long number, String thing) {
        return number + " " + thing + (number == 1 ? "" : "s");
    }

    /** Returns "0.4 s". */
    static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
    }
}
