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

/** What the reader accepts as the value of one option, from the option's Java type. */
final class OptionSchema {

    private OptionSchema() {}

    /** An option as its type says. */
    static ObjectNode of(RecordShape.Field field) {
        return of(field, accepted(field.type()));
    }

    /** An option whose type says less than is known of it. */
    static ObjectNode of(RecordShape.Field field, List<ObjectNode> accepted) {
        ObjectNode value = field.optional() ? SchemaFragments.orNothing(accepted) : SchemaFragments.any(accepted);
        ObjectNode schema =
                SchemaFragments.object().put("description", field.option().description());
        String preset = field.option().defaultValue();
        if (!preset.isEmpty()) {
            schema.set("default", YamlJson.of(preset));
        }
        String example = field.option().example();
        if (!example.isEmpty()) {
            schema.putArray("examples").add(YamlJson.of(example));
        }
        return schema.setAll(value);
    }

    /** All that may be written for a type. */
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
            // Read by whoever knows what is in it.
            return List.of(SchemaFragments.object().put("type", "object"));
        }
        if (raw.isEnum()) {
            return List.of(
                    SchemaFragments.oneOfWords(words(raw)), SchemaFragments.ref(ScalarSchema.REFERENCE.definition()));
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

    /** An enum's constants as they are written. */
    static List<String> words(Class<?> type) {
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
