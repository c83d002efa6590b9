package dev.ingot.definition;

/** What happens when the columns of a pipeline differ from those of its table. */
public enum OnSchemaChange {
    /** Nothing is written. */
    FAIL,
    /** New columns, and new fields of structs, are added to the table. */
    ADD,
    /** As {@link #ADD}; also widens the type of a column whose new values need it. */
    WIDEN
}
