package dev.ingot.yaml;

import dev.ingot.diagnostics.SourceSpan;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** A node of a YAML document with the place where it begins. Prints as what it says, without its place. */
public sealed interface YamlNode {

    SourceSpan span();

    /** What a user would call this node, for messages: "text", "a list", "a mapping", "nothing". */
    String kind();

    /**
     * A single value, always text.
     *
     * @param plain written without quotes and not as a block, so that an empty text or {@code ~} means "nothing"
     */
    record Scalar(String text, boolean plain, SourceSpan span) implements YamlNode {

        public Scalar {
            Objects.requireNonNull(text, "text");
            Objects.requireNonNull(span, "span");
        }

        /** Whether the value was left out: {@code key:}, {@code key: ~} or {@code key: null}. */
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

    /** One entry of a mapping: where its key stands, and its value. */
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
