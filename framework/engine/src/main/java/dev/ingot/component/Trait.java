package dev.ingot.component;

/** What planning must know of a component without loading it. */
public enum Trait {
    /** A transformation whose result for one row depends on other rows. */
    ACROSS_ROWS,
    /** A transformation that keeps one row of several that are alike: harmless where the newest wins anyway. */
    COLLAPSES,
    /** A transformation that may send rows to quarantine, and so accepts {@code on_violation}. */
    DIVERTS,
    /** A check that judges each row by itself. */
    ROW_RULE,
    /** A check that judges the table as a whole. */
    TABLE_RULE,
    /** A target that adds to what is there, so that its pipeline reads only what is new. */
    INCREMENTAL,
    /** A target that replaces parts of what is there. */
    REPLACES_PARTS,
    /** A target that needs the checked rows set aside before it writes, because it reads them more than once. */
    STAGED,
    /** A target without rows of its own: whoever reads it reads what its pipeline gives then. */
    VIEW,
    /** A source that is not a table of this lake. */
    OUTSIDE
}
