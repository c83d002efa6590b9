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
 * Builds the schema of a target: the options of all targets, together with the options of its mode. Without a mode,
 * which a layer may set, the options of any mode are accepted.
 */
final class TargetSchema {

    private static final String MODE = "mode";

    private TargetSchema() {}

    /** Builds the schema of a pipeline's target. With a mode, the required options of the mode are required. */
    static ObjectNode ofPipeline(ComponentCatalog catalog) {
        ObjectNode schema = commonOptions(catalog);
        schema.set("required", SchemaFragments.texts(List.of("layer")));
        List<ObjectNode> rules = catalog.all(ComponentKind.TARGET).stream()
                .map(mode -> SchemaFragments.ifThen(
                        hasMode(List.of(mode.name())), closed(RecordSchema.mapping(mode.options(), Map.of()))))
                .toList();
        return schema.set("allOf", SchemaFragments.array(rules).add(withoutMode(catalog)));
    }

    /** Builds the schema of a layer's defaults for the targets of its pipelines: any part of a target. */
    static ObjectNode defaults(ComponentCatalog catalog) {
        ObjectNode schema = commonOptions(catalog);
        schema.remove("required");
        List<ObjectNode> rules = catalog.all(ComponentKind.TARGET).stream()
                .map(mode -> SchemaFragments.ifThen(hasMode(List.of(mode.name())), closed(anyOptions(List.of(mode)))))
                .toList();
        return schema.set("allOf", SchemaFragments.array(rules).add(withoutMode(catalog)));
    }

    private static ObjectNode commonOptions(ComponentCatalog catalog) {
        List<String> modes = catalog.names(ComponentKind.TARGET);
        ObjectNode schema = RecordSchema.mapping(
                TargetSettings.class,
                Map.of(
                        "layer",
                        List.of(SchemaFragments.ref(ScalarSchema.NAME.definition())),
                        MODE,
                        List.of(
                                SchemaFragments.oneOf(modes),
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
        rule.set("if", hasMode(catalog.names(ComponentKind.TARGET)));
        rule.set("else", closed(anyOptions(List.copyOf(catalog.all(ComponentKind.TARGET)))));
        return rule;
    }

    private static ObjectNode hasMode(List<String> modes) {
        return SchemaFragments.having(MODE).setAll(SchemaFragments.holding(MODE, SchemaFragments.oneOf(modes)));
    }

    private static ObjectNode anyOptions(List<ComponentEntry> modes) {
        ObjectNode properties = SchemaFragments.object();
        modes.forEach(mode -> properties.setAll(
                (ObjectNode) RecordSchema.mapping(mode.options(), Map.of()).get("properties")));
        return SchemaFragments.object().set("properties", properties);
    }

    /** Adds the options of every target to the options of a mode, and rejects all others. */
    private static ObjectNode closed(ObjectNode options) {
        ObjectNode properties = SchemaFragments.object();
        RecordShape.of(TargetSettings.class).fields().forEach(option -> properties.put(option.name(), true));
        properties.setAll((ObjectNode) options.get("properties"));
        return options.put("additionalProperties", false).set("properties", properties);
    }
}
