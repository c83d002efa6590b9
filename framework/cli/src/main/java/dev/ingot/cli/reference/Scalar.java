package dev.ingot.cli.reference;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ingot.names.TableId;
import dev.ingot.options.ColumnName;
import dev.ingot.options.Expression;
import dev.ingot.options.SourceName;
import dev.ingot.options.SqlFile;
import dev.ingot.options.TableName;
import dev.ingot.options.Threshold;
import dev.ingot.secrets.SecretText;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What may stand in a single value. The field decides the type, so each accepts whatever YAML makes of the text that
 * the engine's reader would accept, and a text with a {@code ${...}} whose value nobody knows yet.
 */
enum Scalar {
    TEXT("text", "text", String.class),
    COLUMN("column", "columns", ColumnName.class),
    ALIAS("alias of a source", "aliases of sources", SourceName.class),
    EXPRESSION("expression", "expressions", Expression.class),
    FILE("name of a file", "names of files", SqlFile.class),
    SECRET_TEXT("text, or a secret", "texts or secrets", SecretText.class),
    TABLE("table, as `layer.table`", "tables, as `layer.table`", TableName.class),
    THRESHOLD("count or share", "counts or shares", Threshold.class),
    BOOLEAN("`true` or `false`", "`true` or `false`", boolean.class, Boolean.class),
    WHOLE_NUMBER("whole number", "whole numbers", int.class, Integer.class, long.class, Long.class),
    NUMBER("number", "numbers", double.class, Double.class),
    NAME("name", "names"),
    REFERENCE("reference", "references");

    /** A value that is known only when the pipeline is read. */
    private static final String UNKNOWN = "|\\$\\{";

    private final String one;
    private final String many;
    private final List<Class<?>> types;

    Scalar(String one, String many, Class<?>... types) {
        this.one = one;
        this.many = many;
        this.types = List.of(types);
    }

    /** The kind of value that becomes a Java type; empty for lists, maps, enums and records. */
    static Optional<Scalar> of(Class<?> type) {
        return Arrays.stream(values())
                .filter(scalar -> scalar.types.contains(type))
                .findFirst();
    }

    /** Its key among the schema's definitions. */
    String definition() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The key of {@link #list}. */
    String listDefinition() {
        return definition() + "_list";
    }

    /** One or more of it; a single one needs no brackets. */
    ObjectNode list() {
        return Pieces.any(Pieces.ref(definition()), Pieces.list(Pieces.ref(definition())));
    }

    String one() {
        return one;
    }

    String many() {
        return many;
    }

    ObjectNode schema() {
        return switch (this) {
            case TEXT, COLUMN, ALIAS, FILE, SECRET_TEXT -> anyText();
            case EXPRESSION -> anyText().set("not", pattern("\\$\\{"));
            case TABLE -> pattern("^" + TableId.NAME + "\\." + TableId.NAME + "$" + UNKNOWN);
            case THRESHOLD ->
                Pieces.any(
                        Pieces.type("integer").put("minimum", 0),
                        pattern("^ *([0-9]+|(100(\\.0+)?|[0-9]{1,2}(\\.[0-9]+)?) *%) *$" + UNKNOWN));
            case BOOLEAN -> Pieces.any(Pieces.type("boolean"), pattern("^(true|false)$" + UNKNOWN));
            case WHOLE_NUMBER -> Pieces.any(Pieces.type("integer"), pattern("^[+-]?[0-9]+$" + UNKNOWN));
            case NUMBER ->
                Pieces.any(Pieces.type("number"), pattern("^[+-]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][+-]?[0-9]+)?$" + UNKNOWN));
            case NAME -> pattern("^" + TableId.NAME + "$" + UNKNOWN);
            case REFERENCE -> pattern("\\$\\{");
        };
    }

    private static ObjectNode anyText() {
        ObjectNode schema = Pieces.object();
        schema.putArray("type").add("string").add("number").add("boolean");
        return schema;
    }

    private static ObjectNode pattern(String pattern) {
        return Pieces.type("string").put("pattern", pattern);
    }
}
