package dev.ingot.component;

import dev.ingot.component.rows.Analysis;
import dev.ingot.component.rows.RowMarkers;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/** A way to write a table. */
public non-sealed interface WriteMode<O extends Record> extends Component<O> {

    /**
     * The table's columns.
     *
     * @param rows the columns of the rows that reach the target
     * @throws Analysis.Failure when the target's options do not fit them
     */
    default StructType columns(StructType rows, O options) {
        return rows;
    }

    /**
     * What a batch does to the table: rows in the table's columns, marked with what each does ({@link RowMarkers#ACTION}), at
     * most one for each identity.
     *
     * @throws dev.ingot.diagnostics.IngotException when nothing says which of several rows wins
     */
    Dataset<Row> changes(TargetInput incoming, O options, WriteContext destination);

    /**
     * The events of a batch that a later batch must know of, because a late event may have to be compared with them;
     * empty when the table itself tells enough.
     *
     * @param rows marked as in {@link TargetInput}
     */
    default Optional<Dataset<Row>> remembered(Dataset<Row> rows, O options) {
        return Optional.empty();
    }

    /** The rows of the table that speak of what is there now; history has others. */
    default Dataset<Row> living(Dataset<Row> table, O options) {
        return table;
    }

    /** Whether a write may leave a table that has rows without any. */
    default boolean mayEmpty(O options) {
        return true;
    }

    /**
     * The table as it would be after the write, for the rules about it.
     *
     * @param changes what {@link #changes} gave
     * @param current the table as it is
     */
    Dataset<Row> after(Dataset<Row> changes, Dataset<Row> current, O options, WriteContext destination);

    /**
     * Writes in one commit.
     *
     * @param changes what {@link #changes} gave
     * @param destination a table that exists
     */
    void write(Dataset<Row> changes, O options, WriteContext destination, BatchCommit commit);
}
