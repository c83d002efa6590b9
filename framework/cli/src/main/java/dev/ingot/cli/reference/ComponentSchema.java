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

/**
 * Builds the schema of a source, step or rule: a mapping in which exactly one key names the kind, beside the common
 * keys.
 */
final class ComponentSchema {

    private static final String ON_VIOLATION = "on_violation";

    private ComponentSchema() {}

    static ObjectNode source(ComponentCatalog catalog) {
        return part(catalog, ComponentKind.SOURCE, SourceSettings.class);
    }

    /** Builds the schema of a step; only a step that can divert rows accepts {@code on_violation}. */
    static ObjectNode step(ComponentCatalog catalog) {
        ObjectNode schema = part(catalog, ComponentKind.TRANSFORMATION, StepSettings.class);
        List<String> diverting = names(catalog, ComponentKind.TRANSFORMATION, entry -> entry.has(Trait.DIVERTS));
        ObjectNode others = diverting.isEmpty()
                ? SchemaFragments.object()
                : SchemaFragments.object().set("not", SchemaFragments.havingAny(diverting));
        return schema.setAll(
                SchemaFragments.ifThen(others, SchemaFragments.holding(ON_VIOLATION, SchemaFragments.nothing())));
    }

    /** Builds the schema of a rule; a rule about the table cannot drop or quarantine rows. */
    static ObjectNode rule(ComponentCatalog catalog) {
        ObjectNode schema = part(catalog, ComponentKind.CHECK, CheckSettings.class);
        List<String> ofTables = names(catalog, ComponentKind.CHECK, entry -> entry.has(Trait.TABLE_RULE));
        if (!ofTables.isEmpty()) {
            ObjectNode allowed = SchemaFragments.any(
                    SchemaFragments.oneOf(List.of("warn", "fail")),
                    SchemaFragments.ref(ScalarSchema.REFERENCE.definition()),
                    SchemaFragments.nothing());
            schema.setAll(SchemaFragments.ifThen(
                    SchemaFragments.havingAny(ofTables), SchemaFragments.holding(ON_VIOLATION, allowed)));
        }
        return schema;
    }

    private static ObjectNode part(ComponentCatalog catalog, ComponentKind kind, Class<? extends Record> commonKeys) {
        ObjectNode properties = SchemaFragments.object();
        catalog.all(kind).forEach(entry -> properties.set(entry.name(), options(entry)));
        ObjectNode schema = RecordSchema.mapping(commonKeys, Map.of());
        properties.setAll((ObjectNode) schema.get("properties"));
        schema.set("properties", properties);
        schema.set(
                "oneOf",
                SchemaFragments.array(catalog.names(kind).stream()
                        .map(SchemaFragments::having)
                        .toList()));
        return schema;
    }

    private static ObjectNode options(ComponentEntry entry) {
        List<ObjectNode> accepted = RecordSchema.accepted(entry.options());
        ObjectNode schema = SchemaFragments.object().put("description", entry.summary());
        schema.putArray("examples").add(YamlJson.of(entry.example()).get(entry.name()));
        return schema.setAll(
                RecordSchema.acceptsNothing(entry.options())
                        ? SchemaFragments.orNothing(accepted)
                        : SchemaFragments.any(accepted));
    }

    private static List<String> names(ComponentCatalog catalog, ComponentKind kind, Predicate<ComponentEntry> which) {
        return catalog.all(kind).stream()
                .filter(which)
                .map(ComponentEntry::name)
                .toList();
    }
}
