package dev.ingot.definition;

import dev.ingot.options.Expression;
import dev.ingot.options.Option;
import dev.ingot.options.Threshold;
import java.util.Optional;

/** The settings that every check has, whatever its kind. */
public record CheckSettings(
        @Option(description = "The check's name in reports. Left out: its kind with its columns.")
        Optional<String> name,

        @Option(
                description = "What happens on a violation. Left out: 'quarantine' for checks on rows, 'fail'"
                        + " for checks on the table.",
                example = "warn")
        Optional<OnViolation> onViolation,

        @Option(
                description =
                        "How many rows may violate the check, as a count or a percentage; with more, the run fails.",
                example = "1%")
        Optional<Threshold> maxViolations,

        @Option(description = "Only rows that meet this condition are checked.", example = "status = 'reviewed'")
        Optional<Expression> when,

        @Option(
                description = "For checks on the table: the whole table after the write, or only the 'batch'.",
                defaultValue = "table")
        Scope scope,

        @Option(description = "Why the check exists.") Optional<String> description) {

    /** The rows that a check on the table inspects. */
    public enum Scope {
        TABLE,
        BATCH
    }
}
