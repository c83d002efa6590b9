package dev.ingot.cli.reference;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/** Builds the fragments of JSON Schemas. */
final class SchemaFragments {

    private SchemaFragments() {}

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    /** Returns the schema of a type: {@code object}, {@code array}, {@code string}, {@code null}. */
    static ObjectNode type(String type) {
        return object().put("type", type);
    }

    /** Returns a reference to a definition. */
    static ObjectNode ref(String definition) {
        return object().put("$ref", "#/$defs/" + definition);
    }

    /** Returns the schema of an empty value, which is read as if its key were missing. */
    static ObjectNode nothing() {
        return type("null");
    }

    static ObjectNode any(ObjectNode... alternatives) {
        return any(List.of(alternatives));
    }

    /** Returns a schema that accepts what one of several accepts. */
    static ObjectNode any(List<ObjectNode> alternatives) {
        return alternatives.size() == 1 ? alternatives.get(0).deepCopy() : object().set("anyOf", array(alternatives));
    }

    /** Returns a schema that accepts what one of several accepts, or an empty value. */
    static ObjectNode orNothing(List<ObjectNode> alternatives) {
        ObjectNode only = alternatives.get(0);
        if (alternatives.size() == 1 && only.path("type").isTextual()) {
            ObjectNode types = object();
            types.putArray("type").add(only.get("type").asText()).add("null");
            return only.deepCopy().setAll(types);
        }
        List<ObjectNode> all = new ArrayList<>(alternatives);
        all.add(nothing());
        return any(all);
    }

    static ObjectNode list(ObjectNode items) {
        return type("array").put("minItems", 1).set("items", items);
    }

    static ObjectNode map(ObjectNode values) {
        return type("object").put("minProperties", 1).set("additionalProperties", values);
    }

    static ObjectNode oneOf(Collection<String> values) {
        ObjectNode schema = object();
        values.forEach(schema.putArray("enum")::add);
        return schema;
    }

    static ObjectNode having(String... keys) {
        return object().set("required", texts(Arrays.asList(keys)));
    }

    /** Returns the schema of a mapping that has one of the keys. */
    static ObjectNode havingAny(Collection<String> keys) {
        return any(keys.stream().map(SchemaFragments::having).toList());
    }

    /** Returns the schema of a mapping in which a key has a schema. */
    static ObjectNode holding(String key, JsonNode schema) {
        return object().set("properties", object().set(key, schema));
    }

    static ObjectNode ifThen(ObjectNode condition, ObjectNode consequence) {
        ObjectNode rule = object();
        rule.set("if", condition);
        rule.set("then", consequence);
        return rule;
    }

    static ArrayNode array(Collection<ObjectNode> nodes) {
        return JsonNodeFactory.instance.arrayNode().addAll(nodes);
    }

    static ArrayNode texts(Collection<String> texts) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        texts.forEach(array::add);
        return array;
    }
}
