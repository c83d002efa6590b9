package dev.ingot.cli;

import java.time.Duration;
import java.util.Locale;

/** Numbers as people read them. */
final class NumberText {

    private NumberText() {}

    /** "1 pipeline", "3 pipelines". */
    static String count(long number, String thing) {
        return number + " " + thing + (number == 1 ? "" : "s");
    }

    /** "0.4 s". */
    static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
    }
}
