package dev.ingot.cli.reference;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ingot.component.ComponentCatalog;
import dev.ingot.component.ComponentEntry;
import dev.ingot.component.ComponentKind;
import dev.ingot.definition.TargetSettings;
import dev.ingot.options.RecordShape;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A target: the words of all targets, and beside them the options of its mode. Without a mode, which a layer may give,
 * the options of any mode may stand there.
 */
final class TargetSchema {

    private static final String MODE = "mode";

    private TargetSchema() {}

    /** The target of a pipeline. Who writes the mode writes all that the mode needs. */
    static ObjectNode written(ComponentCatalog catalog) {
        ObjectNode schema = words(catalog);
        schema.set("required", SchemaFragments.texts(List.of("layer")));
        List<ObjectNode> rules = catalog.all(ComponentKind.TARGET).stream()
                .map(mode -> SchemaFragments.ifThen(
                        is(List.of(mode.name())), beside(RecordSchema.mapping(mode.options(), Map.of()))))
                .toList();
        return schema.set("allOf", SchemaFragments.array(rules).add(withoutMode(catalog)));
    }

    /** What a layer says for the targets of its pipelines: any part of one. */
    static ObjectNode defaults(ComponentCatalog catalog) {
        ObjectNode schema = words(catalog);
        schema.remove("required");
        List<ObjectNode> rules = catalog.all(ComponentKind.TARGET).stream()
                .map(mode -> SchemaFragments.ifThen(is(List.of(mode.name())), beside(anyOptions(List.of(mode)))))
                .toList();
        return schema.set("allOf", SchemaFragments.array(rules).add(withoutMode(catalog)));
    }

    private static ObjectNode words(ComponentCatalog catalog) {
        List<String> modes = catalog.names(ComponentKind.TARGET);
        ObjectNode schema = RecordSchema.mapping(
                TargetSettings.class,
                Map.of(
                        "layer",
                        List.of(SchemaFragments.ref(ScalarSchema.NAME.definition())),
                        MODE,
                        List.of(
                                SchemaFragments.oneOfWords(modes),
                                SchemaFragments.ref(ScalarSchema.REFERENCE.definition()))));
        schema.remove("additionalProperties");
        ObjectNode mode = (ObjectNode) schema.at("/properties/" + MODE);
        mode.put("description", mode.get("description").asText() + summaries(catalog));
        return schema;
    }

    private static String summaries(ComponentCatalog catalog) {
        return catalog.all(ComponentKind.TARGET).stream()
                .map(mode -> " " + mode.name() + ": " + mode.summary())
                .collect(Collectors.joining());
    }

    private static ObjectNode withoutMode(ComponentCatalog catalog) {
        ObjectNode rule = SchemaFragments.object();
        rule.set("if", is(catalog.names(ComponentKind.TARGET)));
        rule.set("else", beside(anyOptions(List.copyOf(catalog.all(ComponentKind.TARGET)))));
        return rule;
    }

    private static ObjectNode is(List<String> modes) {
        return SchemaFragments.having(MODE).setAll(SchemaFragments.holding(MODE, SchemaFragments.oneOfWords(modes)));
    }

    private static ObjectNode anyOptions(List<ComponentEntry> modes) {
        ObjectNode properties = SchemaFragments.object();
        modes.forEach(mode -> properties.setAll(
                (ObjectNode) RecordSchema.mapping(mode.options(), Map.of()).get("properties")));
        return SchemaFragments.object().set("properties", properties);
    }

    /** Options closed against all but the words of every target. */
    private static ObjectNode beside(ObjectNode options) {
        ObjectNode properties = SchemaFragments.object();
        RecordShape.of(TargetSettings.class).fields().forEach(word -> properties.put(word.name(), true));
        properties.setAll((ObjectNode) options.get("properties"));
        return options.put("additionalProperties", false).set("properties", properties);
    }
}
