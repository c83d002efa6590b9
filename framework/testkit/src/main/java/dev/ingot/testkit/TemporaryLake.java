package dev.ingot.testkit;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A temporary folder for what one test reads and writes: its input files, its tables. Names are relative to the root
 * and written with {@code /}; folders on the way are made. Closing it deletes everything.
 */
public final class TemporaryLake implements AutoCloseable {

    private final Path root;

    private TemporaryLake(Path root) {
        this.root = root;
    }

    /** A new, empty lake; {@link SparkExtension} makes and closes those of tests. */
    public static TemporaryLake create() {
        return new TemporaryLake(TemporaryFolder.create("ingot-lake-"));
    }

    public Path root() {
        return root;
    }

    /** Where a file or table of this name lies, whether it is there or not. */
    public Path path(String name) {
        return root.resolve(requireNonNull(name, "name"));
    }

    /** Writes a file of UTF-8 lines, each ended by a line feed, and returns where it lies. */
    public Path write(String name, String... lines) {
        StringBuilder text = new StringBuilder();
        for (String line : lines) {
            text.append(line).append('\n');
        }
        return write(name, text.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** Writes a file of exactly these bytes, replacing one that is there, and returns where it lies. */
    public Path write(String name, byte[] content) {
        Path file = path(name);
        try {
            Files.createDirectories(file.getParent());
            return Files.write(file, content);
        } catch (IOException failed) {
            throw new UncheckedIOException("Cannot write " + file, failed);
        }
    }

    @Override
    public void close() {
        TemporaryFolder.delete(root);
    }
}
