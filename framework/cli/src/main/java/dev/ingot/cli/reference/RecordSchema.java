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

/** What the reader accepts for an options record. What only the record's constructor refuses is not seen here. */
final class RecordSchema {

    private RecordSchema() {}

    /** Everything that may be written: the mapping of the options, or the one that may stand for all. */
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
     * The mapping of a record's options.
     *
     * @param known for an option whose Java type says too little, what it accepts
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

    /** Whether the record may be written without any option: asked of the reader itself. */
    static boolean acceptsNothing(Class<?> type) {
        Diagnostics diagnostics = new Diagnostics();
        YamlNode nothing = new YamlNode.Mapping(Map.of(), SourceSpan.of("nothing"));
        return new OptionsReader(ValueScope.none(), diagnostics)
                .read(type.asSubclass(Record.class), nothing, "nothing")
                .isPresent();
    }
}
