package dev.ingot.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;

/** Creates and deletes temporary folders. */
final class TemporaryFolder {

    private static final int ATTEMPTS = 5;

    private TemporaryFolder() {}

    /** Creates an empty folder in the system's temporary folder, with symbolic links resolved, as Spark does. */
    static Path create(String prefix) {
        try {
            return Files.createTempDirectory(prefix).toRealPath();
        } catch (IOException failed) {
            throw new UncheckedIOException("Cannot create a temporary folder", failed);
        }
    }

    /** Creates a folder like {@link #create} and deletes it when the JVM exits. */
    static Path untilExit(String prefix) {
        Path folder = create(prefix);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(folder)));
        return folder;
    }

    /** Deletes a folder recursively. Retries, because Spark may still be writing there. */
    static void delete(Path folder) {
        try {
            for (int attempt = 1; Files.exists(folder); attempt++) {
                attempt(folder, attempt);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException("Cannot delete the temporary folder " + folder, failed);
        }
    }

    private static void attempt(Path folder, int attempt) throws IOException {
        try {
            Files.walkFileTree(folder, new Deletion());
        } catch (DirectoryNotEmptyException | NoSuchFileException changing) {
            if (attempt == ATTEMPTS) {
                throw changing;
            }
        }
    }

    private static final class Deletion extends SimpleFileVisitor<Path> {

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path folder, IOException failed) throws IOException {
            if (failed != null) {
                throw failed;
            }
            Files.delete(folder);
            return FileVisitResult.CONTINUE;
        }
    }
}
