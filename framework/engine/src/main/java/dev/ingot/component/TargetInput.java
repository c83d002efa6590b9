package dev.ingot.component;

import dev.ingot.component.rows.RowMarkers;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What a batch brings to a table that has keys or not, and what it meets there.
 *
 * @param rows those that may be written, marked with what they do ({@link RowMarkers#ACTION}: write or delete)
 * @param gone the keys, without repetition, of what is gone from the source; none of them is in {@code rows}
 * @param whole whether the batch is all that its source has, so that most of it is known already
 * @param table the table as it is, at least where the batch may change anything
 * @param remembered events of earlier batches that the table does not show, with the columns of {@code rows}
 * @param at the moment of the batch
 */
public record TargetInput(
        Dataset<Row> rows,
        Optional<Dataset<Row>> gone,
        boolean whole,
        Dataset<Row> table,
        Optional<Dataset<Row>> remembered,
        Instant at) {

    public TargetInput {
        Objects.requireNonNull(rows, "rows");
        Objects.requireNonNull(gone, "gone");
        Objects.requireNonNull(table, "table");
        Objects.requireNonNull(remembered, "remembered");
        Objects.requireNonNull(at, "at");
    }
}
