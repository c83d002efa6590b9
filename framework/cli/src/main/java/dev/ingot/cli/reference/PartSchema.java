package dev.ingot.cli.reference;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ingot.component.ComponentCatalog;
import dev.ingot.component.ComponentEntry;
import dev.ingot.component.ComponentKind;
import dev.ingot.component.Trait;
import dev.ingot.definition.CheckSettings;
import dev.ingot.definition.SourceSettings;
import dev.ingot.definition.StepSettings;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** A source, step or rule: a mapping in which exactly one key names the kind, with the common words beside it. */
final class PartSchema {

    private static final String ON_VIOLATION = "on_violation";

    private PartSchema() {}

    static ObjectNode source(ComponentCatalog catalog) {
        return part(catalog, ComponentKind.SOURCE, SourceSettings.class);
    }

    /** A step; only one that can refuse rows may say what happens to them. */
    static ObjectNode step(ComponentCatalog catalog) {
        ObjectNode schema = part(catalog, ComponentKind.TRANSFORMATION, StepSettings.class);
        List<String> refusing = names(catalog, ComponentKind.TRANSFORMATION, entry -> entry.has(Trait.DIVERTS));
        ObjectNode others =
                refusing.isEmpty() ? Pieces.object() : Pieces.object().set("not", Pieces.havingAny(refusing));
        return schema.setAll(Pieces.ifThen(others, Pieces.holding(ON_VIOLATION, Pieces.nothing())));
    }

    /** A rule; one about the table cannot drop rows or put them into quarantine. */
    static ObjectNode rule(ComponentCatalog catalog) {
        ObjectNode schema = part(catalog, ComponentKind.CHECK, CheckSettings.class);
        List<String> ofTables = names(catalog, ComponentKind.CHECK, entry -> entry.has(Trait.TABLE_RULE));
        if (!ofTables.isEmpty()) {
            ObjectNode allowed = Pieces.any(
                    Pieces.oneOfWords(List.of("warn", "fail")),
                    Pieces.ref(Scalar.REFERENCE.definition()),
                    Pieces.nothing());
            schema.setAll(Pieces.ifThen(Pieces.havingAny(ofTables), Pieces.holding(ON_VIOLATION, allowed)));
        }
        return schema;
    }

    private static ObjectNode part(ComponentCatalog catalog, ComponentKind kind, Class<? extends Record> words) {
        ObjectNode properties = Pieces.object();
        catalog.all(kind).forEach(entry -> properties.set(entry.name(), options(entry)));
        ObjectNode schema = RecordSchema.mapping(words, Map.of());
        properties.setAll((ObjectNode) schema.get("properties"));
        schema.set("properties", properties);
        schema.set(
                "oneOf",
                Pieces.array(catalog.names(kind).stream().map(Pieces::having).toList()));
        return schema;
    }

    private static ObjectNode options(ComponentEntry entry) {
        List<ObjectNode> accepted = RecordSchema.accepted(entry.options());
        ObjectNode schema = Pieces.object().put("description", entry.summary());
        schema.putArray("examples").add(YamlJson.of(entry.example()).get(entry.name()));
        return schema.setAll(
                RecordSchema.acceptsNothing(entry.options()) ? Pieces.orNothing(accepted) : Pieces.any(accepted));
    }

    private static List<String> names(ComponentCatalog catalog, ComponentKind kind, Predicate<ComponentEntry> which) {
        return catalog.all(kind).stream()
                .filter(which)
                .map(ComponentEntry::name)
                .toList();
    }
}
