package dev.ingot.secrets;

import java.util.Objects;

/**
 * Signals that a secret store did not respond, or not as expected. A response is never quoted: it may contain the
 * value.
 */
public final class SecretException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String remedy;

    /**
     * Creates a failure.
     *
     * @param reason what is wrong, to follow "Cannot resolve ...: "
     * @param remedy how to fix it, one sentence or several
     */
    public SecretException(String reason, String remedy) {
        super(reason);
        this.remedy = Objects.requireNonNull(remedy, "remedy");
    }

    public String remedy() {
        return remedy;
    }
}
