package dev.ingot.definition;

import dev.ingot.options.Expression;
import dev.ingot.options.Option;
import dev.ingot.options.Threshold;
import java.util.Optional;

/** The words beside a rule's name. */
public record CheckSettings(
        @Option(description = "How reports call the rule. Left out: the rule's kind with its columns.")
        Optional<String> name,

        @Option(
                description = "What happens on a violation. Left out: 'quarantine' for rules about rows, 'fail'"
                        + " for rules about the table.",
                example = "warn")
        Optional<OnViolation> onViolation,

        @Option(
                description = "How many rows may violate the rule, as a count or a share; with more the run fails.",
                example = "1%")
        Optional<Threshold> maxViolations,

        @Option(description = "Only rows that meet this condition are judged.", example = "status = 'reviewed'")
        Optional<Expression> when,

        @Option(
                description =
                        "For rules about the table: the table as it would be after the write, or only the 'batch'.",
                defaultValue = "table")
        Scope scope,

        @Option(description = "Why the rule is there.") Optional<String> description) {

    /** What a rule about the table looks at. */
    public enum Scope {
        TABLE,
        BATCH
    }
}
