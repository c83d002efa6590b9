package dev.ingot.config;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * What texts and expressions may say about the run. A batch that is replayed is given the values of its first attempt.
 *
 * @param id the run's name, from the scheduler or made up
 * @param date the logical date
 * @param startedAt the moment at which the run began, in whole milliseconds
 */
public record RunValues(String id, LocalDate date, Instant startedAt) {

    /** What a run may be called, for files are called after it; {@link #RULE} says it. */
    public static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.:-]{0,99}");

    /** The same in words. */
    public static final String RULE =
            "letters, digits, '_', '.', ':' and '-', at most 100, of which the first is a letter or a digit";

    public RunValues {
        if (!NAME.matcher(id).matches()) {
            throw new IllegalArgumentException("a run's name has " + RULE + ", not '" + id + "'");
        }
        Objects.requireNonNull(date, "date");
        Objects.requireNonNull(startedAt, "startedAt");
    }
}
