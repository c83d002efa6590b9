package dev.ingot.state;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Reads and writes small files atomically on one kind of storage: a reader sees a whole file or none. Each kind uses
 * the atomic operation that it has; the scheme of the file system selects the implementation.
 */
interface AtomicFiles {

    /** Returns the implementation for a file system. */
    static AtomicFiles of(FileSystem fileSystem) {
        String scheme = fileSystem.getUri().getScheme();
        if (scheme.equals("file")) {
            return new HardLinkFiles(fileSystem);
        }
        return scheme.startsWith("s3") ? new PutFiles(fileSystem) : new RenameFiles(fileSystem);
    }

    /** Returns the text of a file; empty when it does not exist. */
    Optional<String> read(Path file) throws IOException;

    /** Writes a file, replacing an existing one. */
    void replace(Path file, String text) throws IOException;

    /** Writes a file unless it exists; returns whether it was created. */
    boolean create(Path file, String text) throws IOException;

    /** Deletes a file, or a folder recursively; does nothing when it does not exist. */
    void delete(Path path) throws IOException;

    /** Reads the file at exactly this path; empty when it does not exist. */
    static Optional<String> open(FileSystem fileSystem, Path file) throws IOException {
        try (InputStream in = fileSystem.open(file)) {
            return Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (FileNotFoundException missing) {
            return Optional.empty();
        }
    }

    /** Writes a file in place, visible to readers while it is written. */
    static void put(FileSystem fileSystem, Path file, String text) throws IOException {
        try (OutputStream out = fileSystem.create(file, true)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
    }

    /** Returns a unique path for a temporary file in the same folder, hidden from listings. */
    static Path temporary(Path file) {
        return new Path(file.getParent() + "/." + file.getName() + "." + UUID.randomUUID());
    }
}
