package dev.ingot.component;

/** Implemented by the options of a source that can deliver full snapshots. */
public interface SnapshotOptions {

    /** Returns whether each batch is one full snapshot, processed in order. */
    boolean snapshotPerBatch();
}
