package dev.ingot.names;

import java.util.Comparator;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The identity of a table, {@code layer.table}. A pipeline makes exactly one table, so this is a pipeline's identity
 * too. Both parts are lower-case identifiers: letters, digits and underscores, starting with a letter.
 */
public record TableId(String layer, String table) implements Comparable<TableId> {

    /** What a layer or a table may be called; it stands in paths, catalogs and SQL alike. */
    public static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,99}");

    /** What {@link #NAME} allows, for messages. */
    public static final String RULE = "a name is lower-case letters, digits and '_', starting with a letter";

    /** The ending of a quarantine table's name; no pipeline may claim it. */
    public static final String QUARANTINE_SUFFIX = "_quarantine";

    private static final Comparator<TableId> ORDER =
            Comparator.comparing(TableId::layer).thenComparing(TableId::table);

    public TableId {
        Objects.requireNonNull(layer, "layer");
        Objects.requireNonNull(table, "table");
    }

    /** Reads {@code layer.table}; empty when the text has another shape. */
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

    /** The table that keeps the rows which this one refused. */
    public TableId quarantine() {
        return new TableId(layer, table + QUARANTINE_SUFFIX);
    }

    /** Whether this keeps the rows which another table refused. */
    public boolean isQuarantine() {
        return table.endsWith(QUARANTINE_SUFFIX);
    }

    /** The table whose pipeline makes this one: the table itself, or for a quarantine the one whose rows it keeps. */
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
