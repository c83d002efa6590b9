package dev.ingot.component;

/** Implemented by the options of a source that reads a file or a folder. */
public interface FileBased {

    /** Returns the location as written in the pipeline: an address, or a path, absolute or relative to the project. */
    String path();
}
