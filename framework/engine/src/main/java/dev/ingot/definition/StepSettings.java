package dev.ingot.definition;

import dev.ingot.options.Option;
import java.util.Optional;

/** The words beside a transformation's name. */
public record StepSettings(
        @Option(
                description = "For a step that can refuse rows, such as 'cast': what happens to them. Left"
                        + " out: 'quarantine'.",
                example = "fail")
        Optional<OnViolation> onViolation,

        @Option(description = "Why the step is there.") Optional<String> description) {}
