package dev.ingot.component;

/** The options of a source whose batches may each be the whole of what it has at a moment. */
public interface SnapshotOptions {

    /** Whether they are, one after the other. */
    boolean oneAtATime();
}
