package dev.ingot.cli.reference;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ingot.component.ComponentCatalog;
import dev.ingot.config.EnvironmentFile;
import dev.ingot.config.Layer;
import dev.ingot.config.ProjectFile;
import dev.ingot.config.Variable;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Builds the JSON Schemas (draft 2020-12) of the files that users write, with which editors complete, explain and check
 * them. They accept what the engine's reader accepts; only {@code ingot validate} checks rules that concern several
 * values. Each text ends with a line break.
 */
public final class Schemas {

    private Schemas() {}

    /** Returns the schema of a pipeline's YAML document. */
    public static String pipeline(ComponentCatalog catalog) {
        return print("A pipeline: one table, from its sources to its target.", PipelineSchema.of(catalog));
    }

    /**
     * Returns the schema of {@code conf/project.yml}.
     *
     * @param catalog supplies the options that a layer may set for its targets
     */
    public static String project(ComponentCatalog catalog) {
        ObjectNode layer = RecordSchema.mapping(Layer.class, Map.of("target", List.of(TargetSchema.defaults(catalog))));
        ObjectNode layerName =
                PipelineSchema.names().set("not", SchemaFragments.object().put("const", Layer.OUTSIDE));
        ObjectNode variable = SchemaFragments.any(OptionSchema.accepted(Variable.class));
        return print(
                "A project: its layers and variables.",
                RecordSchema.mapping(
                        ProjectFile.class,
                        Map.of(
                                "layers", List.of(SchemaFragments.map(layer).set("propertyNames", layerName)),
                                "variables",
                                        List.of(SchemaFragments.map(variable)
                                                .set("propertyNames", PipelineSchema.names())))));
    }

    /** Returns the schema of {@code conf/env/<environment>.yml}. */
    public static String environment() {
        return print(
                "An environment of a project: its lake, Spark settings, secrets, values of variables and platforms.",
                RecordSchema.mapping(EnvironmentFile.class, Map.of("deploy", List.of(DeploySchema.schema()))));
    }

    private static String print(String description, ObjectNode content) {
        ObjectNode schema = SchemaFragments.object()
                .put("$schema", "https://json-schema.org/draft/2020-12/schema")
                .put("description", description);
        schema.setAll(content);
        Set<String> used = Set.copyOf(content.findValuesAsText("$ref"));
        ObjectNode definitions = schema.withObject("/$defs");
        for (ScalarSchema scalar : ScalarSchema.values()) {
            boolean inLists = used.contains("#/$defs/" + scalar.listDefinition());
            if (inLists || used.contains("#/$defs/" + scalar.definition())) {
                definitions.set(scalar.definition(), scalar.schema());
            }
            if (inLists) {
                definitions.set(scalar.listDefinition(), scalar.list());
            }
        }
        return JsonText.of(schema);
    }
}
