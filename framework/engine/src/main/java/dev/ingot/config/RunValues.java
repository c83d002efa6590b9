package dev.ingot.config;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Objects;

/**
 * What texts and expressions may say about the run. A batch that is replayed is given the values of its first attempt.
 *
 * @param id the run's name, from the scheduler or made up
 * @param date the logical date
 * @param startedAt the moment at which the run began, in whole milliseconds
 */
public record RunValues(String id, LocalDate date, Instant startedAt) {

    public RunValues {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(date, "date");
        Objects.requireNonNull(startedAt, "startedAt");
    }
}
