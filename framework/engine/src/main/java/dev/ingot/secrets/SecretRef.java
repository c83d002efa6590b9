package dev.ingot.secrets;

import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The name of a secret: {@code scope/key}. Safe to print. */
public record SecretRef(String scope, String key) {

    /** What Databricks, Azure and file systems allow alike. */
    private static final Pattern WRITTEN = Pattern.compile("([A-Za-z0-9_.@-]+)/([A-Za-z0-9_.@-]+)");

    public SecretRef {
        Objects.requireNonNull(scope, "scope");
        Objects.requireNonNull(key, "key");
    }

    /** Reads {@code scope/key}; empty when the text has another shape. */
    public static Optional<SecretRef> parse(String text) {
        Matcher written = WRITTEN.matcher(text);
        return written.matches() ? Optional.of(new SecretRef(written.group(1), written.group(2))) : Optional.empty();
    }

    @Override
    public String toString() {
        return "${secret:" + scope + "/" + key + "}";
    }
}
