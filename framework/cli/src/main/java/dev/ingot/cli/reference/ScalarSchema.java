package dev.ingot.cli.reference;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ingot.names.TableId;
import dev.ingot.options.ColumnName;
import dev.ingot.options.Expression;
import dev.ingot.options.Query;
import dev.ingot.options.SourceName;
import dev.ingot.options.SqlFile;
import dev.ingot.options.TableName;
import dev.ingot.options.Threshold;
import dev.ingot.secrets.SecretText;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Describes a single value. The option decides the type, so each schema accepts every YAML scalar that the engine's
 * reader would accept as that type, and a text with an unresolved {@code ${...}}.
 */
enum ScalarSchema {
    TEXT("text", "texts"),
    COLUMN("column", "columns"),
    ALIAS("alias of a source", "aliases of sources"),
    EXPRESSION("expression", "expressions"),
    FILE("name of a file", "names of files"),
    SECRET_TEXT("text, or a secret", "texts or secrets"),
    TABLE("table, as `layer.table`", "tables, as `layer.table`"),
    THRESHOLD("count or share", "counts or shares"),
    DURATION("length of time", "lengths of time"),
    BOOLEAN("`true` or `false`", "`true` or `false`"),
    WHOLE_NUMBER("whole number", "whole numbers"),
    NUMBER("number", "numbers"),
    NAME("name", "names"),
    REFERENCE("reference", "references");

    private static final Map<Class<?>, ScalarSchema> BY_TYPE = Map.ofEntries(
            Map.entry(String.class, TEXT),
            Map.entry(ColumnName.class, COLUMN),
            Map.entry(SourceName.class, ALIAS),
            Map.entry(Expression.class, EXPRESSION),
            Map.entry(Query.class, EXPRESSION),
            Map.entry(SqlFile.class, FILE),
            Map.entry(SecretText.class, SECRET_TEXT),
            Map.entry(TableName.class, TABLE),
            Map.entry(Threshold.class, THRESHOLD),
            Map.entry(Duration.class, DURATION),
            Map.entry(boolean.class, BOOLEAN),
            Map.entry(Boolean.class, BOOLEAN),
            Map.entry(int.class, WHOLE_NUMBER),
            Map.entry(Integer.class, WHOLE_NUMBER),
            Map.entry(long.class, WHOLE_NUMBER),
            Map.entry(Long.class, WHOLE_NUMBER),
            Map.entry(double.class, NUMBER),
            Map.entry(Double.class, NUMBER));

    /** Matches a reference, whose value is known only when the pipeline is read. */
    private static final String OR_REFERENCE = "|\\$\\{";

    private final String singular;
    private final String plural;

    ScalarSchema(String singular, String plural) {
        this.singular = singular;
        this.plural = plural;
    }

    /** Returns the schema of a Java type; empty for lists, maps, enums and records. */
    static Optional<ScalarSchema> of(Class<?> type) {
        return Optional.ofNullable(BY_TYPE.get(type));
    }

    /** Returns its key in the schema's {@code $defs}. */
    String definition() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Returns the key of {@link #list} in the schema's {@code $defs}. */
    String listDefinition() {
        return definition() + "_list";
    }

    /** Returns the schema of one or more values; a single one needs no brackets. */
    ObjectNode list() {
        return SchemaFragments.any(
                SchemaFragments.ref(definition()), SchemaFragments.list(SchemaFragments.ref(definition())));
    }

    /** Returns the reference's name for one value. */
    String singular() {
        return singular;
    }

    String plural() {
        return plural;
    }

    /** Returns the schema of one value, the content of its definition. */
    ObjectNode schema() {
        return switch (this) {
            case TEXT, COLUMN, ALIAS, FILE, SECRET_TEXT -> anyText();
            case EXPRESSION -> anyText().put("pattern", "\\S").set("not", pattern("\\$\\{"));
            case TABLE -> pattern("^" + TableId.NAME + "\\." + TableId.NAME + "$" + OR_REFERENCE);
            case THRESHOLD ->
                SchemaFragments.any(
                        SchemaFragments.type("integer").put("minimum", 0),
                        pattern("^ *([0-9]+|(100(\\.0+)?|[0-9]{1,2}(\\.[0-9]+)?) *%) *$" + OR_REFERENCE));
            case DURATION -> pattern("^ *[0-9]{1,6} (second|minute|hour|day|week)s? *$" + OR_REFERENCE);
            case BOOLEAN ->
                SchemaFragments.any(SchemaFragments.type("boolean"), pattern("^(true|false)$" + OR_REFERENCE));
            case WHOLE_NUMBER ->
                SchemaFragments.any(SchemaFragments.type("integer"), pattern("^[+-]?[0-9]+$" + OR_REFERENCE));
            case NUMBER ->
                SchemaFragments.any(
                        SchemaFragments.type("number"),
                        pattern("^[+-]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][+-]?[0-9]+)?$" + OR_REFERENCE));
            case NAME -> pattern("^" + TableId.NAME + "$" + OR_REFERENCE);
            case REFERENCE -> pattern("\\$\\{");
        };
    }

    private static ObjectNode anyText() {
        ObjectNode schema = SchemaFragments.object();
        schema.putArray("type").add("string").add("number").add("boolean");
        return schema;
    }

    private static ObjectNode pattern(String pattern) {
        return SchemaFragments.type("string").put("pattern", pattern);
    }
}
