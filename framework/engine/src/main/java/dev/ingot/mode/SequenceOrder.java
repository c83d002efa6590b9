package dev.ingot.mode;

import dev.ingot.component.rows.Columns;
import dev.ingot.component.rows.KeyRange;
import dev.ingot.options.ColumnName;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.functions;

/** Compares an incoming row with the stored row of the same identity, in conditions on two aliases. */
final class SequenceOrder {

    /** The alias of the incoming rows. */
    static final String SOURCE = "s";

    /** The alias of the stored rows. */
    static final String TARGET = "t";

    private SequenceOrder() {}

    /** Returns a column of one side. */
    static Column of(String alias, String column) {
        return functions.col(alias + "." + Columns.quoted(column));
    }

    /** Returns the condition that both sides have equal values in some columns, none of which is null. */
    static Column same(List<String> columns) {
        return columns.stream()
                .map(column -> of(TARGET, column).equalTo(of(SOURCE, column)))
                .reduce(Column::and)
                .orElseThrow();
    }

    /**
     * Returns the condition that an incoming row matches a stored one: by identity, within the key range of the batch.
     *
     * @param identity columns with the same values on both sides
     */
    static Column matches(List<String> identity, KeyRange range) {
        return range.contains(column -> of(TARGET, column)).and(same(identity));
    }

    /**
     * Returns the condition that the incoming row is newer by some columns, in their order; null is oldest.
     *
     * @param tied decides when all of them are equal
     */
    static Column newer(List<ColumnName> columns, Column tied) {
        Column newer = tied;
        for (int i = columns.size() - 1; i >= 0; i--) {
            Column incoming = of(SOURCE, columns.get(i).name());
            Column stored = of(TARGET, columns.get(i).name());
            Column later =
                    functions.coalesce(incoming.gt(stored), incoming.isNotNull().and(stored.isNull()));
            newer = later.or(incoming.eqNullSafe(stored).and(newer));
        }
        return newer;
    }
}
