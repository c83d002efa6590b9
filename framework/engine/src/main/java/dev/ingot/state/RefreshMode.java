package dev.ingot.state;

import com.fasterxml.jackson.annotation.JsonAlias;

/** Whether a run or a batch adds to a table or rebuilds it. */
public enum RefreshMode {
    /** Reads only what no batch has read yet, and writes it with the table's write mode. */
    @JsonAlias("BATCH")
    INCREMENTAL,
    /** Rebuilds the table from everything its sources have; earlier batches are no longer effective. */
    @JsonAlias("REFRESH")
    FULL
}
