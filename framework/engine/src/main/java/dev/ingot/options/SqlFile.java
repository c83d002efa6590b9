package dev.ingot.options;

import java.util.Objects;

/** The text of a SQL file, with its place there. Users write the file's path, relative to the pipeline's folder. */
public record SqlFile(Expression content) {

    public SqlFile {
        Objects.requireNonNull(content, "content");
    }

    @Override
    public String toString() {
        return content.toString();
    }
}
