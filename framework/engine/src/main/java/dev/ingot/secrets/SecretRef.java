package dev.ingot.secrets;

import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * References a secret: {@code scope/key}, or {@code scope/key#path} for one field of a secret that is a JSON document.
 * Safe to print.
 *
 * @param key its name in the secret store; slash-separated where the store has folders
 * @param path dot-separated field names, from the outermost inwards; empty for the whole value
 */
public record SecretRef(String scope, String key, String path) {

    private static final String NAME = "[A-Za-z0-9_.@-]+";

    /** The characters that Databricks, Azure, AWS and file systems allow. */
    private static final Pattern SYNTAX = Pattern.compile("(" + NAME + ")/((?!\\.{1,2}(?:[/#]|$))" + NAME
            + "(?:/(?!\\.{1,2}(?:[/#]|$))" + NAME + ")*)(?:#(" + NAME + "))?");

    public SecretRef {
        Objects.requireNonNull(scope, "scope");
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(path, "path");
    }

    /** Creates a reference to the whole value of a secret. */
    public SecretRef(String scope, String key) {
        this(scope, key, "");
    }

    /** Reads {@code scope/key} or {@code scope/key#path}; empty when the text has another format. */
    public static Optional<SecretRef> parse(String text) {
        Matcher matcher = SYNTAX.matcher(text);
        return matcher.matches()
                ? Optional.of(new SecretRef(
                        matcher.group(1), matcher.group(2), Objects.requireNonNullElse(matcher.group(3), "")))
                : Optional.empty();
    }

    /** Returns the text that {@link #parse} reads. */
    public String text() {
        return scope + "/" + key + (path.isEmpty() ? "" : "#" + path);
    }

    @Override
    public String toString() {
        return "${secret:" + text() + "}";
    }
}
