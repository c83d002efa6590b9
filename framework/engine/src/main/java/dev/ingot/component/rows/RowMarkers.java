package dev.ingot.component.rows;

import java.util.Locale;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.functions;

/** Names the internal columns that mark the rows of a batch before the write; no table has these columns. */
public final class RowMarkers {

    /** The action of a row on the stored row of its identity: one of {@link Action}, in lower case. */
    public static final String ACTION = "__ingot_action";

    /** Whether the row is an event of an earlier batch. */
    public static final String REMEMBERED = "__ingot_remembered";

    /** The outcome of an event, for rows that represent one. */
    public static final String EVENT = "__ingot_event";

    private static final String PREFIX = "__ingot_";

    /** The action of a row on the stored row of its identity. */
    public enum Action {
        /** Replaces the stored row if it is newer, or inserts a row. */
        WRITE,
        /** Deletes the stored row, unless that is newer. */
        DELETE,
        /** Deletes the stored row, even if that is newer. */
        REMOVE,
        /** Changes nothing; the row is only counted. */
        NONE;

        /** Returns the value of {@link #ACTION} for this action. */
        public Column literal() {
            return functions.lit(value());
        }

        private String value() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private RowMarkers() {}

    /** Returns whether a column is a marker. */
    public static boolean isMarker(String column) {
        return column.startsWith(PREFIX);
    }

    /** Returns the condition that a marked row has this action. */
    public static Column hasAction(Action action) {
        return functions.col(ACTION).equalTo(action.literal());
    }

    /** Returns the condition that a marked row with an alias has this action. */
    public static Column hasAction(String alias, Action action) {
        return functions.col(alias + "." + ACTION).equalTo(action.literal());
    }
}
