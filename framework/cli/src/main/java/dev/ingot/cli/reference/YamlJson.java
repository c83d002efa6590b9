package dev.ingot.cli.reference;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ingot.diagnostics.Diagnostics;
import dev.ingot.yaml.YamlNode;
import dev.ingot.yaml.YamlReader;
import java.util.regex.Pattern;

/** Converts examples and defaults, which the code holds as YAML, to JSON. */
final class YamlJson {

    private static final Pattern WHOLE_NUMBER = Pattern.compile("-?(0|[1-9][0-9]{0,17})");
    private static final Pattern NUMBER = Pattern.compile("-?(0|[1-9][0-9]*)\\.[0-9]+");

    private YamlJson() {}

    /**
     * Parses one value.
     *
     * @throws IllegalStateException when the text is not one YAML value: a mistake in the code that holds it
     */
    static JsonNode of(String yaml) {
        Diagnostics diagnostics = new Diagnostics();
        var documents = YamlReader.parse(yaml, "example", diagnostics);
        if (diagnostics.hasErrors() || documents.size() != 1) {
            throw new IllegalStateException("not a YAML value: " + yaml + " " + diagnostics.all());
        }
        return of(documents.get(0));
    }

    private static JsonNode of(YamlNode node) {
        if (node instanceof YamlNode.Mapping mapping) {
            ObjectNode object = JsonNodeFactory.instance.objectNode();
            mapping.entries().forEach((key, entry) -> object.set(key, of(entry.value())));
            return object;
        }
        if (node instanceof YamlNode.Sequence sequence) {
            ArrayNode array = JsonNodeFactory.instance.arrayNode();
            sequence.items().forEach(item -> array.add(of(item)));
            return array;
        }
        return scalar((YamlNode.Scalar) node);
    }

    private static JsonNode scalar(YamlNode.Scalar scalar) {
        JsonNodeFactory json = JsonNodeFactory.instance;
        String text = scalar.text();
        if (!scalar.plain()) {
            return json.textNode(text);
        }
        if (text.equals("true") || text.equals("false")) {
            return json.booleanNode(text.equals("true"));
        }
        if (WHOLE_NUMBER.matcher(text).matches()) {
            return json.numberNode(Long.parseLong(text));
        }
        return NUMBER.matcher(text).matches() ? json.numberNode(Double.parseDouble(text)) : json.textNode(text);
    }
}
