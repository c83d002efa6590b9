package dev.ingot.component;

import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** A way to write a table. */
public non-sealed interface Target<O extends Record> extends Component<O> {

    /**
     * The rows that will be written: of several for one key, the one that wins.
     *
     * @throws dev.ingot.diagnostics.IngotException when nothing says which of them wins
     */
    Dataset<Row> incoming(Dataset<Row> rows, O options);

    /** Whether a write may leave a table that has rows without any. */
    default boolean mayEmpty(O options) {
        return true;
    }

    /** The table as it would be after the write, for the rules about it; the parameters are those of {@link #write}. */
    Dataset<Row> after(Dataset<Row> incoming, Optional<Dataset<Row>> gone, Dataset<Row> current, O options);

    /**
     * Writes in one commit.
     *
     * @param incoming what {@link #incoming} gave
     * @param gone the keys of rows to be deleted, for a target that has keys; none of them is in {@code incoming}
     * @param location the table's address; the table exists
     */
    void write(Dataset<Row> incoming, Optional<Dataset<Row>> gone, O options, String location, Commit commit);
}
