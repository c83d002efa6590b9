package dev.ingot.secrets;

import java.util.Objects;

/**
 * A secret's value. It prints as {@code ***}; only {@link #reveal()} gives the value away, and {@link Redaction} knows it
 * from the first moment on.
 */
public final class Secret {

    private final String value;

    public Secret(String value) {
        this.value = Objects.requireNonNull(value, "value");
        Redaction.register(value);
    }

    /** The value, for the one call that needs it. */
    public String reveal() {
        return value;
    }

    @Override
    public String toString() {
        return Redaction.MASK;
    }
}
