package dev.ingot.component;

/** The options of a step that can add rows of another source to its own. */
public interface AddsRows {

    /** Whether it does, with these options. */
    boolean addsRows();
}
