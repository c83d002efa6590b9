package dev.ingot.secrets;

import java.util.Objects;
import java.util.Optional;

/** The name of a secret: {@code scope/key}. Safe to print. */
public record SecretRef(String scope, String key) {

    public SecretRef {
        Objects.requireNonNull(scope, "scope");
        Objects.requireNonNull(key, "key");
    }

    /** Reads {@code scope/key}; empty when the text has another shape. */
    public static Optional<SecretRef> parse(String text) {
        int slash = text.indexOf('/');
        boolean valid = slash > 0 && slash < text.length() - 1 && text.indexOf('/', slash + 1) < 0;
        return valid
                ? Optional.of(new SecretRef(text.substring(0, slash), text.substring(slash + 1)))
                : Optional.empty();
    }

    @Override
    public String toString() {
        return "${secret:" + scope + "/" + key + "}";
    }
}
