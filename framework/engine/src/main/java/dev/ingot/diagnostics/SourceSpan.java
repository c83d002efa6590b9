package dev.ingot.diagnostics;

import java.util.Objects;

/**
 * A place in a user's file.
 *
 * @param file the path as the user would type it, relative to the project
 * @param line counted from 1; 0 when the place is the whole file
 * @param column counted from 1; 0 when the place is the whole file
 */
public record SourceSpan(String file, int line, int column) {

    public SourceSpan {
        Objects.requireNonNull(file, "file");
    }

    /** Returns the place of a whole file. */
    public static SourceSpan of(String file) {
        return new SourceSpan(file, 0, 0);
    }

    @Override
    public String toString() {
        return line == 0 ? file : file + ":" + line + ":" + column;
    }
}
