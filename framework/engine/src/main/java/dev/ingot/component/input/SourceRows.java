package dev.ingot.component.input;

import java.util.Objects;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What a source gives for an input.
 *
 * @param rows new rows, and the new state of changed ones
 * @param gone where the input is the source's changes and the target follows them: the source's keys, without
 *     repetition, of rows whose old state is no longer in the source
 */
public record SourceRows(Dataset<Row> rows, Optional<Dataset<Row>> gone) {

    public SourceRows {
        Objects.requireNonNull(rows, "rows");
        Objects.requireNonNull(gone, "gone");
    }

    /** Rows of a source from which nothing disappears. */
    public static SourceRows of(Dataset<Row> rows) {
        return new SourceRows(rows, Optional.empty());
    }
}
