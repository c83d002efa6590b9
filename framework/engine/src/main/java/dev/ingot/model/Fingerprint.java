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
 * A short hash that says whether two things mean the same. Places do not count, nor do the comments and white space of
 * SQL, nor why a part is there.
 */
final class Fingerprint {

    private static final String WHY = "description";

    private final StringBuilder meaning = new StringBuilder();

    private Fingerprint() {}

    /** The first 16 hexadecimal digits of the SHA-256 of records, lists, maps, texts and whatever they are made of. */
    static String of(Object thing) {
        Fingerprint fingerprint = new Fingerprint();
        fingerprint.add(thing);
        try {
            byte[] text = fingerprint.meaning.toString().getBytes(StandardCharsets.UTF_8);
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
            meaning.append('{');
            map.forEach((key, entry) -> {
                add(key);
                add(entry);
            });
            meaning.append('}');
        } else if (value instanceof Expression expression) {
            addAll(SqlText.tokens(expression.text()).stream()
                    .map(SqlText.Token::text)
                    .toList());
        } else if (value instanceof Record owner) {
            addRecord(owner);
        } else {
            String text = String.valueOf(value);
            meaning.append(text.length()).append(':').append(text);
        }
    }

    /** Each value brings its length or its brackets, so that no two things look alike. */
    private void addAll(Collection<?> items) {
        meaning.append('[');
        items.forEach(this::add);
        meaning.append(']');
    }

    private void addRecord(Record owner) {
        boolean words =
                owner instanceof SourceSettings || owner instanceof StepSettings || owner instanceof CheckSettings;
        meaning.append('(');
        for (RecordValues.Value component : RecordValues.of(owner)) {
            boolean counts = !(component.value() instanceof SourceSpan)
                    && !(words && component.name().equals(WHY));
            if (counts) {
                add(component.value());
            }
        }
        meaning.append(')');
    }
}
