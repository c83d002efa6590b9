package dev.ingot.secrets;

import java.util.Objects;

/**
 * Holds a secret's value. It prints as {@code ***}; only {@link #reveal()} returns the value, and the constructor
 * registers it with {@link Redaction}.
 */
public final class Secret {

    private final String value;

    public Secret(String value) {
        this.value = Objects.requireNonNull(value, "value");
        Redaction.register(value);
    }

    /** Returns the value, for the one call that needs it. */
    public String reveal() {
        return value;
    }

    @Override
    public String toString() {
        return Redaction.MASK;
    }
}
