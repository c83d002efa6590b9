package dev.ingot.state;

/** Whether a run or a batch adds to a table or rebuilds it. */
public enum RefreshMode {
    /** Reads what no batch has read, and writes it as the target's mode says. */
    INCREMENTAL,
    /** Rebuilds the table from everything its sources have; earlier batches no longer count. */
    FULL
}
