package dev.ingot.state;

/** Whether a run or a batch adds to a table or rebuilds it. */
public enum RefreshMode {
    /** Reads only what no batch has read yet, and writes it with the table's write mode. */
    INCREMENTAL,
    /** Rebuilds the table from everything its sources have; earlier batches are no longer effective. */
    FULL
}
