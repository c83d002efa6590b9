package dev.ingot.component.input;

import java.util.Objects;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The rows that a source reads for an input.
 *
 * @param rows new rows, and the new state of changed ones
 * @param deletedKeys if the input is a change feed and the target applies deletions: the distinct source keys of rows whose
 *     old state is no longer in the source
 */
public record SourceRows(Dataset<Row> rows, Optional<Dataset<Row>> deletedKeys) {

    public SourceRows {
        Objects.requireNonNull(rows, "rows");
        Objects.requireNonNull(deletedKeys, "deletedKeys");
    }

    /** Returns the rows of a source without deletions. */
    public static SourceRows of(Dataset<Row> rows) {
        return new SourceRows(rows, Optional.empty());
    }
}
