package dev.ingot.yaml;

import dev.ingot.diagnostics.SourceSpan;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** A node of a YAML document with the place where it starts. Prints as its content, without the place. */
public sealed interface YamlNode {

    SourceSpan span();

    /** Names this node in messages: its quoted text, "a list", "a mapping" or "nothing". */
    String kind();

    /**
     * A single value, always text.
     *
     * @param plain written without quotes and not as a block, so that an empty text or {@code ~} means null
     */
    record Scalar(String text, boolean plain, SourceSpan span) implements YamlNode {

        public Scalar {
            Objects.requireNonNull(text, "text");
            Objects.requireNonNull(span, "span");
        }

        /** Returns whether the value is null: {@code key:}, {@code key: ~} or {@code key: null}. */
        public boolean isNull() {
            return plain && (text.isEmpty() || text.equals("~") || text.equals("null"));
        }

        @Override
        public String kind() {
            return isNull() ? "nothing" : "'" + abbreviated() + "'";
        }

        @Override
        public String toString() {
            return text;
        }

        private String abbreviated() {
            String line = text.strip().lines().findFirst().orElse("");
            return line.length() > 60 ? line.substring(0, 57) + "..." : line;
        }
    }

    /** A list. */
    record Sequence(List<YamlNode> items, SourceSpan span) implements YamlNode {

        public Sequence {
            items = List.copyOf(items);
            Objects.requireNonNull(span, "span");
        }

        @Override
        public String kind() {
            return "a list";
        }

        @Override
        public String toString() {
            return items.toString();
        }
    }

    /** A mapping; its entries keep the order in which they were written. */
    record Mapping(Map<String, Entry> entries, SourceSpan span) implements YamlNode {

        public Mapping {
            entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
            Objects.requireNonNull(span, "span");
        }

        public Optional<YamlNode> value(String key) {
            return Optional.ofNullable(entries.get(key)).map(Entry::value);
        }

        public Set<String> keys() {
            return entries.keySet();
        }

        @Override
        public String kind() {
            return "a mapping";
        }

        @Override
        public String toString() {
            return entries.toString();
        }
    }

    /** An entry of a mapping: the place of its key, and its value. */
    record Entry(SourceSpan keySpan, YamlNode value) {

        public Entry {
            Objects.requireNonNull(keySpan, "keySpan");
            Objects.requireNonNull(value, "value");
        }

        @Override
        public String toString() {
            return value.toString();
        }
    }
}
