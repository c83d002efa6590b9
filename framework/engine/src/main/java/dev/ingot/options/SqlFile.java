package dev.ingot.options;

import java.util.Objects;

/** The text of a file of SQL, placed in that file. Users write the file's name, relative to the pipeline's folder. */
public record SqlFile(Expression content) {

    public SqlFile {
        Objects.requireNonNull(content, "content");
    }

    @Override
    public String toString() {
        return content.toString();
    }
}
