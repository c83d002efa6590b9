package dev.ingot.cli.reference;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ingot.diagnostics.Diagnostics;
import dev.ingot.diagnostics.SourceSpan;
import dev.ingot.options.OptionsReader;
import dev.ingot.options.RecordShape;
import dev.ingot.options.ValueScope;
import dev.ingot.yaml.YamlNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Builds the schema of an options record: what the reader accepts. Checks in the record's constructor are not included.
 */
final class RecordSchema {

    private RecordSchema() {}

    /**
     * Returns the schemas of all accepted forms: the mapping of the options, or the single value that may replace it.
     */
    static List<ObjectNode> accepted(Class<?> type) {
        RecordShape shape = RecordShape.of(type);
        if (shape.isOneMap()) {
            return OptionSchema.accepted(shape.fields().get(0).type());
        }
        List<ObjectNode> alternatives = new ArrayList<>();
        shape.inline()
                .filter(inline -> shape.fields().stream().allMatch(field -> field.equals(inline) || field.optional()))
                .ifPresent(inline -> alternatives.addAll(OptionSchema.accepted(inline.type())));
        ObjectNode mapping = mapping(type, Map.of());
        boolean needsSome = !shape.fields().isEmpty() && !mapping.has("required") && !acceptsNothing(type);
        alternatives.add(needsSome ? mapping.put("minProperties", 1) : mapping);
        return alternatives;
    }

    /**
     * Builds the schema of the mapping.
     *
     * @param known the accepted values of an option whose Java type does not express them
     */
    static ObjectNode mapping(Class<?> type, Map<String, List<ObjectNode>> known) {
        ObjectNode properties = SchemaFragments.object();
        List<String> required = new ArrayList<>();
        for (RecordShape.Field field : RecordShape.of(type).fields()) {
            properties.set(
                    field.name(),
                    known.containsKey(field.name())
                            ? OptionSchema.of(field, known.get(field.name()))
                            : OptionSchema.of(field));
            if (!field.optional()) {
                required.add(field.name());
            }
        }
        ObjectNode schema = SchemaFragments.type("object").set("properties", properties);
        if (!required.isEmpty()) {
            schema.set("required", SchemaFragments.texts(required));
        }
        return schema.put("additionalProperties", false);
    }

    /** Returns whether the reader accepts the record without any option. */
    static boolean acceptsNothing(Class<?> type) {
        Diagnostics diagnostics = new Diagnostics();
        YamlNode nothing = new YamlNode.Mapping(Map.of(), SourceSpan.of("nothing"));
        return new OptionsReader(ValueScope.none(), diagnostics)
                .read(type.asSubclass(Record.class), nothing, "nothing")
                .isPresent();
    }
}
