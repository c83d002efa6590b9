package dev.ingot.cli.reference;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ingot.component.ComponentCatalog;
import dev.ingot.definition.PipelineFile;
import dev.ingot.names.TableId;
import java.util.List;
import java.util.Map;

/** Builds the schema of a pipeline's YAML document. */
final class PipelineSchema {

    private PipelineSchema() {}

    static ObjectNode of(ComponentCatalog catalog) {
        ObjectNode sources = SchemaFragments.map(SchemaFragments.ref("source")).set("propertyNames", names());
        ObjectNode schema = RecordSchema.mapping(
                PipelineFile.class,
                Map.of(
                        "name", List.of(tableName()),
                        "source", List.of(SchemaFragments.ref("source")),
                        "sources", List.of(sources),
                        "transformations", List.of(SchemaFragments.list(SchemaFragments.ref("step"))),
                        "quality", List.of(SchemaFragments.list(SchemaFragments.ref("rule"))),
                        "target", List.of(SchemaFragments.ref("target"))));
        schema.set("oneOf", SchemaFragments.array(List.of(having("source"), having("sources"))));
        ObjectNode several = SchemaFragments.having("sources")
                .setAll(SchemaFragments.holding(
                        "sources", SchemaFragments.type("object").put("minProperties", 2)));
        schema.setAll(SchemaFragments.ifThen(
                several,
                SchemaFragments.having("input")
                        .setAll(SchemaFragments.holding(
                                "input", SchemaFragments.ref(ScalarSchema.TEXT.definition())))));
        ObjectNode definitions = SchemaFragments.object();
        definitions.set("source", ComponentSchema.source(catalog));
        definitions.set("step", ComponentSchema.step(catalog));
        definitions.set("rule", ComponentSchema.rule(catalog));
        definitions.set("target", TargetSchema.ofPipeline(catalog));
        return schema.set("$defs", definitions);
    }

    /** Returns the schema of the keys of a mapping, where they are names. */
    static ObjectNode names() {
        return SchemaFragments.object().put("pattern", "^" + TableId.NAME + "$");
    }

    private static ObjectNode tableName() {
        ObjectNode reserved = SchemaFragments.object().put("pattern", TableId.QUARANTINE_SUFFIX + "$");
        return SchemaFragments.ref(ScalarSchema.NAME.definition()).set("not", reserved);
    }

    private static ObjectNode having(String key) {
        return SchemaFragments.having(key).setAll(SchemaFragments.holding(key, SchemaFragments.type("object")));
    }
}
