package dev.ingot.model;

import dev.ingot.definition.CheckSettings;
import dev.ingot.definition.SourceSettings;
import dev.ingot.definition.StepSettings;
import dev.ingot.diagnostics.SourceSpan;
import dev.ingot.options.Expression;
import dev.ingot.options.RecordValues;
import dev.ingot.options.SqlText;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/**
 * Computes a short hash that is equal for values with the same meaning. Ignores places, the comments and white space of
 * SQL, and the descriptions of components.
 */
final class Fingerprint {

    private static final String DESCRIPTION = "description";

    private final StringBuilder canonical = new StringBuilder();

    private Fingerprint() {}

    /** Returns the first 16 hexadecimal digits of the SHA-256 of a value: nested records, lists, maps and texts. */
    static String of(Object value) {
        Fingerprint fingerprint = new Fingerprint();
        fingerprint.add(value);
        try {
            byte[] text = fingerprint.canonical.toString().getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text), 0, 8);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private void add(Object value) {
        if (value instanceof Optional<?> optional) {
            addAll(optional.stream().toList());
        } else if (value instanceof Collection<?> items) {
            addAll(items);
        } else if (value instanceof Map<?, ?> map) {
            canonical.append('{');
            map.forEach((key, entry) -> {
                add(key);
                add(entry);
            });
            canonical.append('}');
        } else if (value instanceof Expression expression) {
            addAll(SqlText.tokens(expression.text()).stream()
                    .map(SqlText.Token::text)
                    .toList());
        } else if (value instanceof Record owner) {
            addRecord(owner);
        } else {
            String text = String.valueOf(value);
            canonical.append(text.length()).append(':').append(text);
        }
    }

    /** Adds items in brackets; texts are added with their length. So different values never have the same form. */
    private void addAll(Collection<?> items) {
        canonical.append('[');
        items.forEach(this::add);
        canonical.append(']');
    }

    private void addRecord(Record owner) {
        boolean hasDescription =
                owner instanceof SourceSettings || owner instanceof StepSettings || owner instanceof CheckSettings;
        canonical.append('(');
        for (RecordValues.Value component : RecordValues.of(owner)) {
            boolean counts = !(component.value() instanceof SourceSpan)
                    && !(hasDescription && component.name().equals(DESCRIPTION));
            if (counts) {
                add(component.value());
            }
        }
        canonical.append(')');
    }
}
