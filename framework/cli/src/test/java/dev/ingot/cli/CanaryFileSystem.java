package dev.ingot.cli;

import dev.ingot.testkit.RefusingFileSystem;
import org.apache.hadoop.fs.Path;

/** A file system that fails and quotes the password, in the form that the file's folder is named after. */
public final class CanaryFileSystem extends RefusingFileSystem {

    @Override
    protected String quoted(String password, Path file) {
        return CanaryForms.of(password).get(file.getParent().getName());
    }
}
