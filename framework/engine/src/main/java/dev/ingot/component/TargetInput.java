package dev.ingot.component;

import dev.ingot.component.rows.RowMarkers;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The rows of a batch for a table, with or without keys, and the state of the table that they meet.
 *
 * @param rows the accepted rows, marked with their action ({@link RowMarkers#ACTION}: write or delete)
 * @param deletedKeys the distinct keys that vanished from the source; none of them is in {@code rows}
 * @param fullSnapshot whether the batch is a full snapshot of its source, so that most of its rows are in the table already
 * @param table the current table, at least in the range that the batch may change
 * @param storedEvents stored events of earlier batches that the table does not show, with the columns of {@code rows}
 * @param at the time of the batch
 */
public record TargetInput(
        Dataset<Row> rows,
        Optional<Dataset<Row>> deletedKeys,
        boolean fullSnapshot,
        Dataset<Row> table,
        Optional<Dataset<Row>> storedEvents,
        Instant at) {

    public TargetInput {
        Objects.requireNonNull(rows, "rows");
        Objects.requireNonNull(deletedKeys, "deletedKeys");
        Objects.requireNonNull(table, "table");
        Objects.requireNonNull(storedEvents, "storedEvents");
        Objects.requireNonNull(at, "at");
    }
}
