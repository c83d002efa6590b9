package dev.ingot.secrets;

import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of a secret: {@code scope/key}, or {@code scope/key#path} for one field of a secret that is a JSON document.
 * Safe to print.
 *
 * @param key the keeper's name of it; parts between slashes where the keeper has folders
 * @param path names of fields, from the outermost inwards, between dots; empty for the whole value
 */
public record SecretRef(String scope, String key, String path) {

    private static final String WORD = "[A-Za-z0-9_.@-]+";

    /** What Databricks, Azure, AWS and file systems allow. */
    private static final Pattern WRITTEN = Pattern.compile("(" + WORD + ")/((?!\\.{1,2}(?:[/#]|$))" + WORD
            + "(?:/(?!\\.{1,2}(?:[/#]|$))" + WORD + ")*)(?:#(" + WORD + "))?");

    public SecretRef {
        Objects.requireNonNull(scope, "scope");
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(path, "path");
    }

    /** A secret that is used as a whole. */
    public SecretRef(String scope, String key) {
        this(scope, key, "");
    }

    /** Reads {@code scope/key} or {@code scope/key#path}; empty when the text has another shape. */
    public static Optional<SecretRef> parse(String text) {
        Matcher written = WRITTEN.matcher(text);
        return written.matches()
                ? Optional.of(new SecretRef(
                        written.group(1), written.group(2), Objects.requireNonNullElse(written.group(3), "")))
                : Optional.empty();
    }

    /** As {@link #parse} reads it. */
    public String written() {
        return scope + "/" + key + (path.isEmpty() ? "" : "#" + path);
    }

    @Override
    public String toString() {
        return "${secret:" + written() + "}";
    }
}
