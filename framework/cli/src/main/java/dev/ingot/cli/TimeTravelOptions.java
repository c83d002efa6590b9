package dev.ingot.cli;

import dev.ingot.component.input.AsOf;
import java.util.Optional;
import picocli.CommandLine.Option;

/** A moment in the past of a table; at most one of the options. */
final class TimeTravelOptions {

    @Option(names = "--version", paramLabel = "N", description = "The table at a version.")
    private Long version;

    @Option(
            names = "--as-of",
            paramLabel = "TIME",
            description = "The table at a time, such as 2026-01-31T06:00:00Z or 2026-01-31.")
    private String time;

    @Option(names = "--run", paramLabel = "RUN", description = "The table as a run left it.")
    private String run;

    /** The moment; empty when the table is wanted as it is. */
    Optional<AsOf> moment() {
        if (version != null) {
            return Optional.of(AsOf.version(version));
        }
        return time == null ? Optional.ofNullable(run).map(AsOf::run) : Optional.of(time("--as-of", time));
    }

    /** A version or a time. */
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
