package dev.ingot.component.input;

/** How much of a source a batch reads. */
public enum ReadMode {
    /** Incremental: only what no earlier batch has read. */
    NEW,
    /** Everything, at one version. */
    ALL
}
