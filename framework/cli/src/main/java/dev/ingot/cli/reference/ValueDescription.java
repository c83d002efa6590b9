package dev.ingot.cli.reference;

import dev.ingot.yaml.YamlNode;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Describes the type of an option's value in text. */
final class ValueDescription {

    private ValueDescription() {}

    /** Returns "text", "one or more columns", "`left` or `inner`". */
    static String singular(Type type) {
        return describe(type, ScalarSchema::singular, "mapping");
    }

    private static String plural(Type type) {
        return describe(type, ScalarSchema::plural, "mappings");
    }

    private static String describe(Type type, Function<ScalarSchema, String> scalar, String mapping) {
        Class<?> raw = OptionSchema.raw(type);
        if (raw == Optional.class) {
            return describe(OptionSchema.argument(type, 0), scalar, mapping);
        }
        if (raw == List.class) {
            Type element = OptionSchema.argument(type, 0);
            return (ScalarSchema.of(OptionSchema.raw(element)).isPresent() ? "one or more " : "list of ")
                    + plural(element);
        }
        if (raw == Map.class) {
            return mapping + " of names to " + plural(OptionSchema.argument(type, 1));
        }
        if (raw.isEnum()) {
            return choice(OptionSchema.enumValues(raw).stream()
                    .map(MarkdownText::code)
                    .toList());
        }
        return raw == YamlNode.class || (raw.isRecord() && ScalarSchema.of(raw).isEmpty())
                ? mapping
                : scalar.apply(
                        ScalarSchema.of(raw).orElseThrow(() -> new IllegalStateException("no description for " + raw)));
    }

    private static String choice(List<String> values) {
        int last = values.size() - 1;
        String first = values.stream().limit(last).collect(Collectors.joining(", "));
        return first.isEmpty() ? values.get(last) : first + " or " + values.get(last);
    }
}
