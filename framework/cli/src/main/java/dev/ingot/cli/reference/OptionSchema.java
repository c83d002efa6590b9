package dev.ingot.cli.reference;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ingot.options.RecordShape;
import dev.ingot.yaml.YamlNode;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Builds the schema of one option from its Java type: what the reader accepts as its value. */
final class OptionSchema {

    private OptionSchema() {}

    /** Builds the schema of an option from its type alone. */
    static ObjectNode of(RecordShape.Field field) {
        return of(field, accepted(field.type()));
    }

    /** Builds the schema of an option whose Java type is less strict than what is accepted. */
    static ObjectNode of(RecordShape.Field field, List<ObjectNode> accepted) {
        ObjectNode value = field.optional() ? SchemaFragments.orNothing(accepted) : SchemaFragments.any(accepted);
        ObjectNode schema =
                SchemaFragments.object().put("description", field.option().description());
        String defaultValue = field.option().defaultValue();
        if (!defaultValue.isEmpty()) {
            schema.set("default", YamlJson.of(defaultValue));
        }
        String example = field.option().example();
        if (!example.isEmpty()) {
            schema.putArray("examples").add(YamlJson.of(example));
        }
        return schema.setAll(value);
    }

    /** Returns the schemas of all values that a type accepts. */
    static List<ObjectNode> accepted(Type type) {
        Class<?> raw = raw(type);
        if (raw == Optional.class) {
            return accepted(argument(type, 0));
        }
        if (raw == List.class) {
            return list(argument(type, 0));
        }
        if (raw == Map.class) {
            return List.of(SchemaFragments.map(SchemaFragments.any(accepted(argument(type, 1)))));
        }
        if (raw == YamlNode.class) {
            // The content is read by the component or platform that uses it.
            return List.of(SchemaFragments.object().put("type", "object"));
        }
        if (raw.isEnum()) {
            return List.of(
                    SchemaFragments.oneOf(enumValues(raw)), SchemaFragments.ref(ScalarSchema.REFERENCE.definition()));
        }
        return ScalarSchema.of(raw)
                .map(scalar -> List.of(SchemaFragments.ref(scalar.definition())))
                .orElseGet(() -> RecordSchema.accepted(raw));
    }

    private static List<ObjectNode> list(Type element) {
        return ScalarSchema.of(raw(element))
                .map(scalar -> List.of(SchemaFragments.ref(scalar.listDefinition())))
                .orElseGet(() -> List.of(SchemaFragments.list(SchemaFragments.any(accepted(element)))));
    }

    /** Returns an enum's constants as they are written in YAML. */
    static List<String> enumValues(Class<?> type) {
        return Arrays.stream(type.getEnumConstants())
                .map(constant -> ((Enum<?>) constant).name().toLowerCase(Locale.ROOT))
                .toList();
    }

    static Class<?> raw(Type type) {
        return type instanceof ParameterizedType generic ? (Class<?>) generic.getRawType() : (Class<?>) type;
    }

    static Type argument(Type type, int index) {
        return ((ParameterizedType) type).getActualTypeArguments()[index];
    }
}
