package dev.ingot.component;

import dev.ingot.component.rows.Analysis;
import dev.ingot.component.rows.RowMarkers;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/** Writes the rows of a batch to a table. */
public non-sealed interface WriteMode<O extends Record> extends Component<O> {

    /**
     * Returns the table's columns.
     *
     * @param rows the columns of the rows that reach the target
     * @throws Analysis.Failure when the target's options do not fit these columns
     */
    default StructType columns(StructType rows, O options) {
        return rows;
    }

    /**
     * Computes the changes of a batch: rows with the table's columns, marked with their action
     * ({@link RowMarkers#ACTION}), at most one for each identity.
     *
     * @throws dev.ingot.diagnostics.IngotException when several rows of one identity have no order
     */
    Dataset<Row> changes(TargetInput incoming, O options, WriteContext destination);

    /**
     * Returns the events of a batch that must be stored for later batches, because a late event may have to be compared
     * with them; empty when the table itself suffices.
     *
     * @param rows marked as in {@link TargetInput}
     */
    default Optional<Dataset<Row>> eventsToStore(Dataset<Row> rows, O options) {
        return Optional.empty();
    }

    /** Returns the current rows of the table; a history also has others. */
    default Dataset<Row> currentRows(Dataset<Row> table, O options) {
        return table;
    }

    /** Returns whether a write may leave a table that has rows without any. */
    default boolean allowsEmpty(O options) {
        return true;
    }

    /**
     * Returns the table as it would be after the write, for the table rules.
     *
     * @param changes the result of {@link #changes}
     * @param current the current table
     */
    Dataset<Row> after(Dataset<Row> changes, Dataset<Row> current, O options, WriteContext destination);

    /**
     * Writes the changes in one commit.
     *
     * @param changes the result of {@link #changes}
     * @param destination a table that exists
     */
    void write(Dataset<Row> changes, O options, WriteContext destination, BatchCommit commit);
}
