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
 * Rows whose missing values say that nothing changed: of each key the last of the batch stays, with what those before it
 * said.
 */
final class PartialUpdates {

    /** Whether a deletion in the batch lies before the row, so that what the table holds does not count for it. */
    static final String ANEW = "__ingot_anew";

    private static final String LIFE = "__ingot_life";
    private static final String LAST = "__ingot_last";

    private PartialUpdates() {}

    static Dataset<Row> of(Dataset<Row> rows, List<ColumnName> keys, List<ColumnName> sequence) {
        Column[] key = Columns.of(rows, keys);
        List<Column> order = new ArrayList<>();
        sequence.forEach(column -> order.add(Columns.of(rows, column).asc_nulls_first()));
        boolean deletes = Columns.has(rows, RowMarkers.ACTION);
        Column deletion = deletes ? RowMarkers.does(Action.DELETE) : functions.lit(false);
        order.add(deletion.asc());
        order.add(LatestRow.contentHash(rows).asc());
        Column[] ordered = order.toArray(Column[]::new);
        WindowSpec before = Window.partitionBy(key).orderBy(ordered).rowsBetween(Window.unboundedPreceding(), -1);
        Column deleted = functions.sum(deletion.cast("int")).over(before);
        Dataset<Row> lives = rows.withColumn(LIFE, functions.coalesce(deleted, functions.lit(0)));
        WindowSpec life = Window.partitionBy(Stream.concat(Arrays.stream(key), Stream.of(functions.col(LIFE)))
                        .toArray(Column[]::new))
                .orderBy(ordered)
                .rowsBetween(Window.unboundedPreceding(), Window.currentRow());
        List<Column> filled = new ArrayList<>();
        for (String name : rows.columns()) {
            Column value = Columns.named(name);
            boolean ordering =
                    sequence.stream().anyMatch(column -> column.name().equalsIgnoreCase(name));
            filled.add(
                    RowMarkers.is(name) || ordering
                            ? value
                            : functions.last(value, true).over(life).as(name));
        }
        filled.add(functions.col(LIFE).gt(0).as(ANEW));
        Column later = functions
                .lead(functions.lit(true), 1)
                .over(Window.partitionBy(key).orderBy(ordered));
        filled.add(later.isNull().as(LAST));
        return lives.select(filled.toArray(Column[]::new)).filter(LAST).drop(LAST);
    }
}
