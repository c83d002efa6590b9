package dev.ingot.mode;

import dev.ingot.component.rows.Columns;
import dev.ingot.component.rows.LatestRow;
import dev.ingot.component.rows.RowMarkers;
import dev.ingot.component.rows.RowMarkers.Action;
import dev.ingot.options.ColumnName;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;
import org.apache.spark.sql.functions;

/**
 * Combines the partial updates of a batch, in which a null means "unchanged": keeps the last row of each key, with its
 * nulls filled from the rows before it.
 */
final class PartialUpdates {

    /** Whether the batch deletes the key before the row, so that its nulls are not filled from the stored row. */
    static final String AFTER_DELETE = "__ingot_anew";

    private static final String DELETIONS_BEFORE = "__ingot_life";
    private static final String LAST = "__ingot_last";

    private PartialUpdates() {}

    static Dataset<Row> combined(Dataset<Row> rows, List<ColumnName> keys, List<ColumnName> sequence) {
        Column[] key = Columns.of(rows, keys);
        List<Column> order = new ArrayList<>();
        sequence.forEach(column -> order.add(Columns.of(rows, column).asc_nulls_first()));
        boolean deletes = Columns.has(rows, RowMarkers.ACTION);
        Column deletion = deletes ? RowMarkers.hasAction(Action.DELETE) : functions.lit(false);
        order.add(deletion.asc());
        order.add(LatestRow.contentHash(rows).asc());
        Column[] ordered = order.toArray(Column[]::new);
        WindowSpec before = Window.partitionBy(key).orderBy(ordered).rowsBetween(Window.unboundedPreceding(), -1);
        Column deleted = functions.sum(deletion.cast("int")).over(before);
        Dataset<Row> lives = rows.withColumn(DELETIONS_BEFORE, functions.coalesce(deleted, functions.lit(0)));
        WindowSpec sameLife = Window.partitionBy(
                        Stream.concat(Arrays.stream(key), Stream.of(functions.col(DELETIONS_BEFORE)))
                                .toArray(Column[]::new))
                .orderBy(ordered)
                .rowsBetween(Window.unboundedPreceding(), Window.currentRow());
        List<Column> filled = new ArrayList<>();
        for (String name : rows.columns()) {
            Column value = Columns.named(name);
            boolean ordering =
                    sequence.stream().anyMatch(column -> column.name().equalsIgnoreCase(name));
            filled.add(
                    RowMarkers.isMarker(name) || ordering
                            ? value
                            : functions.last(value, true).over(sameLife).as(name));
        }
        filled.add(functions.col(DELETIONS_BEFORE).gt(0).as(AFTER_DELETE));
        Column later = functions
                .lead(functions.lit(true), 1)
                .over(Window.partitionBy(key).orderBy(ordered));
        filled.add(later.isNull().as(LAST));
        return lives.select(filled.toArray(Column[]::new)).filter(LAST).drop(LAST);
    }
}
