package dev.ingot.component.input;

import dev.ingot.options.Option;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.stream.Stream;

/** A moment in the past of a table: one of a version, a time, and the end of a run. */
public record AsOf(
        @Option(description = "A version of the table.", example = "12")
        Optional<Long> version,

        @Option(
                description = "A moment with its offset from UTC, or a day, whose first moment in UTC is meant.",
                example = "2026-01-31T06:00:00Z")
        Optional<String> timestamp,

        @Option(
                description = "A run; the table as it was when that run had written it.",
                example = "nightly-2026-01-31")
        Optional<String> run) {

    public AsOf {
        if (Stream.of(version, timestamp, run).filter(Optional::isPresent).count() != 1) {
            throw new IllegalArgumentException("say one of 'version', 'timestamp' and 'run'");
        }
        timestamp.ifPresent(AsOf::parse);
    }

    /** A table at a version. */
    public static AsOf version(long number) {
        return new AsOf(Optional.of(number), Optional.empty(), Optional.empty());
    }

    /**
     * A table at a time.
     *
     * @throws IllegalArgumentException when the text is none
     */
    public static AsOf time(String text) {
        return new AsOf(Optional.empty(), Optional.of(text), Optional.empty());
    }

    /** A table at the end of a run. */
    public static AsOf run(String id) {
        return new AsOf(Optional.empty(), Optional.empty(), Optional.of(id));
    }

    /** The moment, where a time is said. */
    public Optional<Instant> instant() {
        return timestamp.map(AsOf::parse);
    }

    private static Instant parse(String text) {
        try {
            return text.length() == 10
                    ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
                    : OffsetDateTime.parse(text.replace(' ', 'T')).toInstant();
        } catch (DateTimeException unfit) {
            throw new IllegalArgumentException(
                    "'" + text + "' is no time; write one as 2026-01-31T06:00:00Z, or a day as 2026-01-31", unfit);
        }
    }
}
