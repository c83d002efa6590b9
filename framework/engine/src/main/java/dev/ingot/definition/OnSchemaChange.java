package dev.ingot.definition;

/** What happens when a pipeline makes other columns than its table has. */
public enum OnSchemaChange {
    /** Nothing is written. */
    FAIL,
    /** New columns, and new fields of structs, are added to the table. */
    ADD,
    /** The same; and a column whose values need a wider type is given it. */
    WIDEN
}
