package dev.ingot.component;

import dev.ingot.options.ColumnName;
import dev.ingot.options.Expression;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Implemented by the options of a target whose rows are identified by keys. */
public interface KeyedOptions {

    /** What happens to keys that are absent from a full snapshot. */
    enum Absent {
        KEEP,
        DELETE
    }

    /** Returns the key columns, which identify the entity that a row describes. */
    List<ColumnName> keys();

    /** Returns the columns that are unique in the table: the keys, and what distinguishes several rows of a key. */
    default List<String> identity() {
        return ColumnName.names(keys());
    }

    /** Returns the columns that order two rows of one key, newest last; empty when there is no such order. */
    List<ColumnName> sequenceBy();

    /** Returns the condition of rows that delete their key. */
    Optional<Expression> deleteWhen();

    /** Returns what happens to keys that are absent from a full snapshot. */
    Absent absent();

    /** Returns whether writes are partial updates: a null leaves the stored value unchanged. */
    default boolean partialUpdates() {
        return false;
    }

    /** Returns how late an event may arrive and still be ordered correctly; tombstones are kept as long. */
    Duration allowedLateness();
}
