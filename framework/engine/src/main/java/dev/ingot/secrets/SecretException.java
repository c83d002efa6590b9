package dev.ingot.secrets;

import java.util.Objects;

/**
 * The keeper of secrets did not answer, or not as it should. Nothing of an answer is ever quoted: it may hold the value.
 */
public final class SecretException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String remedy;

    /**
     * A failure.
     *
     * @param reason what is wrong, to follow "Cannot resolve ...: "
     * @param remedy what to do about it, one sentence or several
     */
    public SecretException(String reason, String remedy) {
        super(reason);
        this.remedy = Objects.requireNonNull(remedy, "remedy");
    }

    public String remedy() {
        return remedy;
    }
}
