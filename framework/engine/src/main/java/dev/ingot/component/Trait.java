package dev.ingot.component;

/** Properties of a component that planning needs without loading its class. */
public enum Trait {
    /** A transformation whose result for one row depends on other rows. */
    ACROSS_ROWS,
    /** A transformation that keeps one of several duplicates: safe for targets where the newest row wins. */
    COLLAPSES,
    /** A transformation that may quarantine rows, and so accepts {@code on_violation}. */
    DIVERTS,
    /** A check that is evaluated for each row. */
    ROW_RULE,
    /** A check that is evaluated for the whole table. */
    TABLE_RULE,
    /** A target that adds to the stored rows, so that its pipeline reads incrementally by default. */
    INCREMENTAL,
    /** A target that replaces some of the stored rows: partitions, or those that meet a condition. */
    REPLACES_PARTS,
    /** A target that needs the checked rows staged before it writes, because it reads them more than once. */
    STAGED,
    /** A target that stores no rows: its readers compute the rows of its pipeline. */
    VIEW,
    /** A source that is not a table of this lake. */
    OUTSIDE
}
