package dev.ingot.component;

import dev.ingot.options.ColumnName;
import dev.ingot.options.Expression;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The options of a target whose rows are identified by keys. */
public interface KeyedOptions {

    /** What a snapshot says of the keys that it does not have. */
    enum Absent {
        KEEP,
        DELETE
    }

    /** The columns that identify what a row speaks of. */
    List<ColumnName> keys();

    /** The columns by which the table holds one row each: the keys, and what tells several rows of a key apart. */
    default List<String> identity() {
        return ColumnName.names(keys());
    }

    /** The columns that say which of two rows with one key is newer; empty when nothing says so. */
    List<ColumnName> sequenceBy();

    /** The condition of rows which say that what they identify is gone. */
    Optional<Expression> deleteWhen();

    /** What becomes of keys that a snapshot does not have. */
    Absent absent();

    /** Whether a value that is missing leaves what is there. */
    default boolean patches() {
        return false;
    }

    /** Returns how late an event may arrive and still be ordered correctly; tombstones are kept as long. */
    Duration allowedLateness();
}
