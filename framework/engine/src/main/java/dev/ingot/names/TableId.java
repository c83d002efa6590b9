package dev.ingot.names;

import java.util.Comparator;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The name of a table, {@code layer.table}. A pipeline makes exactly one table, so this also identifies the pipeline.
 * Both parts are lower-case identifiers: letters, digits and underscores, starting with a letter.
 */
public record TableId(String layer, String table) implements Comparable<TableId> {

    /** The valid names of layers and tables, which become parts of paths, catalogs and SQL. */
    public static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,99}");

    /** Describes {@link #NAME} in messages. */
    public static final String RULE = "a name consists of lower-case letters, digits and '_', starting with a letter";

    /** The suffix of a quarantine table's name; no pipeline may use it. */
    public static final String QUARANTINE_SUFFIX = "_quarantine";

    private static final Comparator<TableId> ORDER =
            Comparator.comparing(TableId::layer).thenComparing(TableId::table);

    public TableId {
        Objects.requireNonNull(layer, "layer");
        Objects.requireNonNull(table, "table");
    }

    /** Parses {@code layer.table}; returns empty when the text has another form. */
    public static Optional<TableId> parse(String text) {
        int dot = text.indexOf('.');
        if (dot < 0) {
            return Optional.empty();
        }
        String layer = text.substring(0, dot);
        String table = text.substring(dot + 1);
        return NAME.matcher(layer).matches() && NAME.matcher(table).matches()
                ? Optional.of(new TableId(layer, table))
                : Optional.empty();
    }

    /** Returns the quarantine of this table. */
    public TableId quarantine() {
        return new TableId(layer, table + QUARANTINE_SUFFIX);
    }

    /** Returns whether this is the quarantine of another table. */
    public boolean isQuarantine() {
        return table.endsWith(QUARANTINE_SUFFIX);
    }

    /** Returns the table whose pipeline writes this one: this table, or for a quarantine the table it belongs to. */
    public TableId maker() {
        return isQuarantine()
                ? new TableId(layer, table.substring(0, table.length() - QUARANTINE_SUFFIX.length()))
                : this;
    }

    @Override
    public int compareTo(TableId other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return layer + "." + table;
    }
}
