package dev.ingot.component;

/** The options of a source whose rows lie in a folder or file of their own. */
public interface FileBased {

    /** Where they lie, as the pipeline says it: an address, or a path, which is below the project unless it is absolute. */
    String path();
}
