package dev.ingot.definition;

import dev.ingot.options.Option;
import java.util.Optional;

/** The settings that every transformation has, whatever its kind. */
public record StepSettings(
        @Option(
                description = "For a step that can reject rows, such as 'cast': what happens to them. Left"
                        + " out: 'quarantine'.",
                example = "fail")
        Optional<OnViolation> onViolation,

        @Option(description = "Why the step exists.") Optional<String> description) {}
