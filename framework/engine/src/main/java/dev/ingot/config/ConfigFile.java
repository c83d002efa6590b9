package dev.ingot.config;

import dev.ingot.diagnostics.SourceSpan;
import dev.ingot.yaml.YamlNode;
import java.util.Objects;
import java.util.Optional;

/**
 * A parsed file of {@code conf/}, with the places of its keys and values.
 *
 * @param name the file name to report
 * @param root the document
 */
record ConfigFile<R extends Record>(String name, R content, YamlNode root) {

    ConfigFile {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(content, "content");
        Objects.requireNonNull(root, "root");
    }

    /** Returns the place of a key: of its name, not of its value. */
    SourceSpan key(String... path) {
        return entry(path).map(YamlNode.Entry::keySpan).orElse(root.span());
    }

    /** Returns the place of a value; of the whole document when the value is missing. */
    SourceSpan value(String... path) {
        return entry(path).map(entry -> entry.value().span()).orElse(root.span());
    }

    /** Returns the place of an item of a list; of the list when the item is missing. */
    SourceSpan item(String text, String... path) {
        return entry(path)
                .map(YamlNode.Entry::value)
                .filter(YamlNode.Sequence.class::isInstance)
                .flatMap(list -> ((YamlNode.Sequence) list)
                        .items().stream()
                                .filter(item -> item.toString().equals(text))
                                .findFirst())
                .map(YamlNode::span)
                .orElseGet(() -> value(path));
    }

    private Optional<YamlNode.Entry> entry(String... path) {
        YamlNode node = root;
        YamlNode.Entry entry = null;
        for (String key : path) {
            entry = node instanceof YamlNode.Mapping mapping ? mapping.entries().get(key) : null;
            if (entry == null) {
                return Optional.empty();
            }
            node = entry.value();
        }
        return Optional.ofNullable(entry);
    }
}
