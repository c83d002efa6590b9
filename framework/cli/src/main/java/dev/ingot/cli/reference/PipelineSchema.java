package dev.ingot.cli.reference;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ingot.component.ComponentCatalog;
import dev.ingot.definition.PipelineFile;
import dev.ingot.names.TableId;
import java.util.List;
import java.util.Map;

/** A pipeline's document. */
final class PipelineSchema {

    private PipelineSchema() {}

    static ObjectNode of(ComponentCatalog catalog) {
        ObjectNode sources = Pieces.map(Pieces.ref("source")).set("propertyNames", names());
        ObjectNode schema = RecordSchema.mapping(
                PipelineFile.class,
                Map.of(
                        "name", List.of(tableName()),
                        "source", List.of(Pieces.ref("source")),
                        "sources", List.of(sources),
                        "transformations", List.of(Pieces.list(Pieces.ref("step"))),
                        "quality", List.of(Pieces.list(Pieces.ref("rule"))),
                        "target", List.of(Pieces.ref("target"))));
        schema.set("oneOf", Pieces.array(List.of(given("source"), given("sources"))));
        ObjectNode several = Pieces.having("sources")
                .setAll(Pieces.holding("sources", Pieces.type("object").put("minProperties", 2)));
        schema.setAll(Pieces.ifThen(
                several, Pieces.having("input").setAll(Pieces.holding("input", Pieces.ref(Scalar.TEXT.definition())))));
        ObjectNode definitions = Pieces.object();
        definitions.set("source", PartSchema.source(catalog));
        definitions.set("step", PartSchema.step(catalog));
        definitions.set("rule", PartSchema.rule(catalog));
        definitions.set("target", TargetSchema.written(catalog));
        return schema.set("$defs", definitions);
    }

    /** The keys of a mapping, where they are names of ours. */
    static ObjectNode names() {
        return Pieces.object().put("pattern", "^" + TableId.NAME + "$");
    }

    private static ObjectNode tableName() {
        ObjectNode taken = Pieces.object().put("pattern", TableId.QUARANTINE_SUFFIX + "$");
        return Pieces.ref(Scalar.NAME.definition()).set("not", taken);
    }

    private static ObjectNode given(String key) {
        return Pieces.having(key).setAll(Pieces.holding(key, Pieces.type("object")));
    }
}
