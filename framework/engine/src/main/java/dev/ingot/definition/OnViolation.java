package dev.ingot.definition;

/** What happens when a rule is violated. */
public enum OnViolation {
    /** The row is written and counted. */
    WARN,
    /** The row is left out and counted. */
    DROP,
    /** The row is kept in the quarantine table instead. */
    QUARANTINE,
    /** Nothing is written; the table keeps its version. */
    FAIL
}
