package dev.ingot.component;

/** Implemented by the options of a step that can add rows of another source. */
public interface AddsRows {

    /** Returns whether the step adds rows with these options. */
    boolean addsRows();
}
