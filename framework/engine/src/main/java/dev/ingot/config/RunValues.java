package dev.ingot.config;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * The values of a run that texts and expressions can use. A replayed batch gets the values of its first attempt.
 *
 * @param id the run id, from the scheduler or generated
 * @param date the logical date
 * @param startedAt the start time of the run, in whole milliseconds
 */
public record RunValues(String id, LocalDate date, Instant startedAt) {

    /** The valid run ids, which become parts of file names; described by {@link #RULE}. */
    public static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.:-]{0,99}");

    /** Describes {@link #NAME} in messages. */
    public static final String RULE =
            "letters, digits, '_', '.', ':' and '-', at most 100 characters, starting with a letter or a digit";

    public RunValues {
        if (!NAME.matcher(id).matches()) {
            throw new IllegalArgumentException("a run id consists of " + RULE + ", not '" + id + "'");
        }
        Objects.requireNonNull(date, "date");
        Objects.requireNonNull(startedAt, "startedAt");
    }
}
