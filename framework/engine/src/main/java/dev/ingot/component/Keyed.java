package dev.ingot.component;

import dev.ingot.options.ColumnName;
import java.util.List;

/** The options of a target that holds one row for each key. */
public interface Keyed {

    /** The columns that identify a row. */
    List<ColumnName> keys();

    /** The columns that say which of two rows with one key is newer; empty when nothing says so. */
    List<ColumnName> sequenceBy();
}
