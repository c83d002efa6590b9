package dev.ingot.component.rows;

import java.util.Locale;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.functions;

/** Columns that rows carry on their way to a table, and that no table has: what a row does there. */
public final class RowMarkers {

    /** What a row does to the row with its identity; one of {@link Action}, lower case. */
    public static final String ACTION = "__ingot_action";

    /** Whether the row is an event of an earlier batch. */
    public static final String REMEMBERED = "__ingot_remembered";

    /** What became of an event, where a row stands for one. */
    public static final String EVENT = "__ingot_event";

    private static final String PREFIX = "__ingot_";

    /** What a row does to the row of a table with its identity. */
    public enum Action {
        /** Takes its place when it is newer, or is added. */
        WRITE,
        /** Says that what it identifies is gone; a newer row stays. */
        DELETE,
        /** Takes the row out, whatever its age. */
        REMOVE,
        /** Nothing; it is there to be counted. */
        NONE;

        /** The mark of a row that does this. */
        public Column mark() {
            return functions.lit(word());
        }

        private String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private RowMarkers() {}

    /** Whether a column is a mark. */
    public static boolean is(String column) {
        return column.startsWith(PREFIX);
    }

    /** Whether a row of marked rows does this. */
    public static Column does(Action action) {
        return functions.col(ACTION).equalTo(action.mark());
    }

    /** Whether a row under an alias does this. */
    public static Column does(String alias, Action action) {
        return functions.col(alias + "." + ACTION).equalTo(action.mark());
    }
}
