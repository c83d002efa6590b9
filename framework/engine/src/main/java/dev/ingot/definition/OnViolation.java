package dev.ingot.definition;

/** What happens when a check is violated. */
public enum OnViolation {
    /** The row is written and counted. */
    WARN,
    /** The row is not written, but counted. */
    DROP,
    /** The row is written to the quarantine table instead. */
    QUARANTINE,
    /** Nothing is written; the table stays at its version. */
    FAIL
}
