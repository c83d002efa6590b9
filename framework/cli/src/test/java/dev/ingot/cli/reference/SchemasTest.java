package dev.ingot.cli.reference;

import static dev.ingot.cli.reference.Documents.CATALOG;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaId;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SpecVersion.VersionFlag;
import dev.ingot.component.ComponentEntry;
import dev.ingot.component.ComponentKind;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SchemasTest {

    /** Keywords below which a schema only states conditions, without descriptions. */
    private static final Set<String> CONDITIONS = Set.of("if", "oneOf", "not", "examples", "default");

    static Stream<String> schemas() {
        return Stream.of(Schemas.pipeline(CATALOG), Schemas.project(CATALOG), Schemas.environment());
    }

    static Stream<ComponentEntry> components() {
        return Arrays.stream(ComponentKind.values()).flatMap(kind -> CATALOG.all(kind).stream());
    }

    @ParameterizedTest
    @MethodSource("schemas")
    void areJsonSchemas(String schema) {
        SchemaCheck meta = new SchemaCheck(
                JsonSchemaFactory.getInstance(VersionFlag.V202012).getSchema(SchemaLocation.of(SchemaId.V202012)));

        assertEquals(List.of(), meta.mistakes(SchemaCheck.json(schema)));
        assertTrue(schema.endsWith("}\n"), schema);
    }

    @ParameterizedTest
    @MethodSource("schemas")
    void describeEveryKey(String schema) {
        Map<String, JsonNode> keys = keys(SchemaCheck.json(schema));

        assertFalse(keys.isEmpty());
        keys.forEach((place, key) -> assertTrue(key.path("description").asText().endsWith("."), place));
    }

    @ParameterizedTest
    @MethodSource("schemas")
    void acceptTheirOwnDefaultsAndExamples(String schema) {
        JsonNode root = SchemaCheck.json(schema);
        keys(root).forEach((place, key) -> {
            SchemaCheck check = SchemaCheck.of(((ObjectNode) key.deepCopy()).set("$defs", root.get("$defs")));
            key.path("examples").forEach(example -> assertEquals(List.of(), check.mistakes(example), place));
            if (key.has("default")) {
                assertEquals(List.of(), check.mistakes(key.get("default")), place);
            }
        });
    }

    @ParameterizedTest
    @MethodSource("components")
    void acceptTheExampleOfEveryComponent(ComponentEntry entry) {
        SchemaCheck pipeline = SchemaCheck.of(Schemas.pipeline(CATALOG));

        assertEquals(List.of(), pipeline.mistakes(Documents.withExample(entry)));
    }

    /** Returns the keys that a schema allows users to write, by their place in it. */
    private static Map<String, JsonNode> keys(JsonNode schema) {
        Map<String, JsonNode> keys = new LinkedHashMap<>();
        collect(schema, "", false, keys);
        return keys;
    }

    /**
     * Collects the keys of a schema node.
     *
     * @param holdsKeys whether the node's names are keys of a YAML file, and not keywords of JSON Schema
     */
    private static void collect(JsonNode node, String place, boolean holdsKeys, Map<String, JsonNode> keys) {
        node.fields().forEachRemaining(field -> {
            JsonNode value = field.getValue();
            String below = place + "/" + field.getKey();
            if (holdsKeys && value.isObject()) {
                keys.put(below, value);
            }
            boolean isCondition = CONDITIONS.contains(field.getKey())
                    || (field.getKey().equals("then") && !value.has("additionalProperties"));
            if (holdsKeys || !isCondition) {
                collect(value, below, !holdsKeys && field.getKey().equals("properties"), keys);
            }
        });
        for (int i = 0; node.isArray() && i < node.size(); i++) {
            collect(node.get(i), place + "/" + i, false, keys);
        }
    }
}
