package dev.ingot.testkit;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A temporary folder for the input files and tables of one test. Names are relative to the root and use {@code /};
 * missing folders are created. {@link #close} deletes everything.
 */
public final class TemporaryLake implements AutoCloseable {

    private final Path root;

    private TemporaryLake(Path root) {
        this.root = root;
    }

    /** Creates an empty lake; {@link SparkExtension} creates and closes those of tests. */
    public static TemporaryLake create() {
        return new TemporaryLake(TemporaryFolder.create("ingot-lake-"));
    }

    public Path root() {
        return root;
    }

    /** Returns the path of a file or table of this name, whether or not it exists. */
    public Path path(String name) {
        return root.resolve(requireNonNull(name, "name"));
    }

    /** Writes a file of UTF-8 lines, each terminated by a line feed, and returns its path. */
    public Path write(String name, String... lines) {
        StringBuilder text = new StringBuilder();
        for (String line : lines) {
            text.append(line).append('\n');
        }
        return write(name, text.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** Writes or replaces a file with exactly these bytes and returns its path. */
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
