package dev.ingot.config;

import dev.ingot.diagnostics.SourceSpan;
import dev.ingot.yaml.YamlNode;
import java.util.Objects;
import java.util.Optional;

/**
 * A file of the project itself, read, and the places of what it says.
 *
 * @param name the file as the user knows it
 * @param root the document
 */
record ConfigFile<R extends Record>(String name, R content, YamlNode root) {

    ConfigFile {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(content, "content");
        Objects.requireNonNull(root, "root");
    }

    /** The place of a key: of its name, not of its value. */
    SourceSpan key(String... path) {
        return entry(path).map(YamlNode.Entry::keySpan).orElse(root.span());
    }

    /** The place of a value; of the whole document when it is not there. */
    SourceSpan value(String... path) {
        return entry(path).map(entry -> entry.value().span()).orElse(root.span());
    }

    /** The place of an item of a list; of the list when it is not there. */
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
