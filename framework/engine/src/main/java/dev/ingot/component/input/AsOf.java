package dev.ingot.component.input;

import dev.ingot.options.Option;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.stream.Stream;

/** A point in a table's history for time travel: a version, a time, or the end of a run. */
public record AsOf(
        @Option(description = "A version of the table.", example = "12")
        Optional<Long> version,

        @Option(
                description =
                        "A timestamp with its offset from UTC, or a date, which means the start of that day in UTC.",
                example = "2026-01-31T06:00:00Z")
        Optional<String> timestamp,

        @Option(description = "A run id: the table as of the end of that run.", example = "nightly-2026-01-31")
        Optional<String> run) {

    public AsOf {
        if (Stream.of(version, timestamp, run).filter(Optional::isPresent).count() != 1) {
            throw new IllegalArgumentException("set exactly one of 'version', 'timestamp' and 'run'");
        }
        timestamp.ifPresent(AsOf::parse);
    }

    /** Creates a reference to a version. */
    public static AsOf version(long number) {
        return new AsOf(Optional.of(number), Optional.empty(), Optional.empty());
    }

    /**
     * Creates a reference to a time.
     *
     * @throws IllegalArgumentException when the text is not a timestamp or a date
     */
    public static AsOf time(String text) {
        return new AsOf(Optional.empty(), Optional.of(text), Optional.empty());
    }

    /** Creates a reference to the end of a run. */
    public static AsOf run(String id) {
        return new AsOf(Optional.empty(), Optional.empty(), Optional.of(id));
    }

    /** Returns the instant, if this refers to a time. */
    public Optional<Instant> instant() {
        return timestamp.map(AsOf::parse);
    }

    private static Instant parse(String text) {
        try {
            return text.length() == 10
                    ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
                    : OffsetDateTime.parse(text.replace(' ', 'T')).toInstant();
        } catch (DateTimeException invalid) {
            throw new IllegalArgumentException(
                    "'" + text + "' is not a timestamp; write one like 2026-01-31T06:00:00Z, or a date like 2026-01-31",
                    invalid);
        }
    }
}
