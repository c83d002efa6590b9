package dev.ingot.compile;

import dev.ingot.definition.OnViolation;
import dev.ingot.options.Threshold;
import java.util.Objects;
import java.util.Optional;

/**
 * A row rule with its evaluated verdict column.
 *
 * @param verdict the boolean column that is true where a row violates the rule
 */
public record RowRule(String name, OnViolation action, Optional<Threshold> tolerance, String verdict) {

    public RowRule {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(action, "action");
        Objects.requireNonNull(tolerance, "tolerance");
        Objects.requireNonNull(verdict, "verdict");
    }
}
