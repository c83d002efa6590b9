package dev.ingot.cli;

import dev.ingot.testkit.RefusingFileSystem;
import org.apache.hadoop.fs.Path;

/** Storage that quotes the password in the form that the folder of the file is named after. */
public final class CanaryFileSystem extends RefusingFileSystem {

    @Override
    protected String quoted(String password, Path file) {
        return CanaryForms.of(password).get(file.getParent().getName());
    }
}
