package dev.ingot.cli.reference;

import dev.ingot.yaml.YamlNode;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What an option takes, in words. */
final class ValueDescription {

    private ValueDescription() {}

    /** "text", "one or more columns", "`left` or `inner`". */
    static String one(Type type) {
        return words(type, ScalarSchema::one, "mapping");
    }

    private static String many(Type type) {
        return words(type, ScalarSchema::many, "mappings");
    }

    private static String words(Type type, Function<ScalarSchema, String> scalar, String mapping) {
        Class<?> raw = OptionSchema.raw(type);
        if (raw == Optional.class) {
            return words(OptionSchema.argument(type, 0), scalar, mapping);
        }
        if (raw == List.class) {
            Type element = OptionSchema.argument(type, 0);
            return (ScalarSchema.of(OptionSchema.raw(element)).isPresent() ? "one or more " : "list of ")
                    + many(element);
        }
        if (raw == Map.class) {
            return mapping + " of names to " + many(OptionSchema.argument(type, 1));
        }
        if (raw.isEnum()) {
            return choice(
                    OptionSchema.words(raw).stream().map(MarkdownText::code).toList());
        }
        return raw == YamlNode.class || (raw.isRecord() && ScalarSchema.of(raw).isEmpty())
                ? mapping
                : scalar.apply(
                        ScalarSchema.of(raw).orElseThrow(() -> new IllegalStateException("no words for " + raw)));
    }

    private static String choice(List<String> words) {
        int last = words.size() - 1;
        String first = words.stream().limit(last).collect(Collectors.joining(", "));
        return first.isEmpty() ? words.get(last) : first + " or " + words.get(last);
    }
}
