package dev.ingot.cli;

import dev.ingot.component.input.AsOf;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options that select a version of a table for time travel; at most one of them. */
final class TimeTravelOptions {

    @Option(names = "--version", paramLabel = "N", description = "Reads the table at a version.")
    private Long version;

    @Option(
            names = "--as-of",
            paramLabel = "TIME",
            description = "Reads the table at a time, such as 2026-01-31T06:00:00Z or 2026-01-31.")
    private String time;

    @Option(names = "--run", paramLabel = "RUN", description = "Reads the table as of the end of a run.")
    private String run;

    /** Returns the selected version, time or run; empty for the current table. */
    Optional<AsOf> moment() {
        if (version != null) {
            return Optional.of(AsOf.version(version));
        }
        return time == null ? Optional.ofNullable(run).map(AsOf::run) : Optional.of(time("--as-of", time));
    }

    /** Parses a version or a time. */
    static AsOf parse(String option, String text) {
        return text.matches("\\d+") ? AsOf.version(Long.parseLong(text)) : time(option, text);
    }

    private static AsOf time(String option, String text) {
        try {
            return AsOf.time(text);
        } catch (IllegalArgumentException unfit) {
            throw ProjectOptions.argument(option, text, "a time such as 2026-01-31T06:00:00Z, or a day");
        }
    }
}
