package dev.ingot.mode;

import dev.ingot.component.rows.Columns;
import dev.ingot.component.rows.KeyRange;
import dev.ingot.options.ColumnName;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.functions;

/** The comparison of two rows, under aliases, that stand for the same thing. */
final class SequenceOrder {

    /** The alias of what comes. */
    static final String SOURCE = "s";

    /** The alias of what is there. */
    static final String TARGET = "t";

    private SequenceOrder() {}

    /** A column of one side. */
    static Column of(String alias, String column) {
        return functions.col(alias + "." + Columns.quoted(column));
    }

    /** Whether both sides have the same values in some columns, none of which is null. */
    static Column same(List<String> columns) {
        return columns.stream()
                .map(column -> of(TARGET, column).equalTo(of(SOURCE, column)))
                .reduce(Column::and)
                .orElseThrow();
    }

    /**
     * Whether what comes meets what is there: by its identity, and where the batch may change anything at all.
     *
     * @param identity columns with the same values on both sides
     */
    static Column meets(List<String> identity, KeyRange range) {
        return range.holds(column -> of(TARGET, column)).and(same(identity));
    }

    /**
     * Whether what comes is newer: by the columns given, in their order, null being oldest.
     *
     * @param tied what decides when all of them are equal
     */
    static Column newer(List<ColumnName> columns, Column tied) {
        Column newer = tied;
        for (int i = columns.size() - 1; i >= 0; i--) {
            Column ours = of(SOURCE, columns.get(i).name());
            Column theirs = of(TARGET, columns.get(i).name());
            Column later = functions.coalesce(ours.gt(theirs), ours.isNotNull().and(theirs.isNull()));
            newer = later.or(ours.eqNullSafe(theirs).and(newer));
        }
        return newer;
    }
}
