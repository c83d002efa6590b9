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
 * How a small file gets its name on one kind of storage, so that whoever looks sees all of it or nothing. What a storage
 * is able to do decides the way, and its scheme tells which storage it is.
 */
interface AtomicFiles {

    /** The way of a file system. */
    static AtomicFiles of(FileSystem fileSystem) {
        String scheme = fileSystem.getUri().getScheme();
        if (scheme.equals("file")) {
            return new HardLinkFiles(fileSystem);
        }
        return scheme.startsWith("s3") ? new PutFiles(fileSystem) : new RenameFiles(fileSystem);
    }

    /** The file's text; empty when there is no such file. */
    Optional<String> read(Path file) throws IOException;

    /** Writes a file, replacing one of the same name. */
    void replace(Path file, String text) throws IOException;

    /** Writes a file unless there is one already; says whether it did. */
    boolean create(Path file, String text) throws IOException;

    /** Removes a file or a folder with all that is in it; nothing happens when it is not there. */
    void delete(Path path) throws IOException;

    /** The text of a file under its own name; empty when there is none. */
    static Optional<String> open(FileSystem fileSystem, Path file) throws IOException {
        try (InputStream in = fileSystem.open(file)) {
            return Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (FileNotFoundException none) {
            return Optional.empty();
        }
    }

    /** Writes a file under the name given, whoever may be looking. */
    static void put(FileSystem fileSystem, Path file, String text) throws IOException {
        try (OutputStream out = fileSystem.create(file, true)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
    }

    /** A name beside the file's that nobody else has and no listing shows. */
    static Path hidden(Path file) {
        return new Path(file.getParent() + "/." + file.getName() + "." + UUID.randomUUID());
    }
}
