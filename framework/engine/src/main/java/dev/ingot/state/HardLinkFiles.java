package dev.ingot.state;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Writes files on a local disk atomically. A hard link publishes a whole file, and of two created at once under one
 * name, one fails; a rename replaces an existing file in one step.
 */
record HardLinkFiles(FileSystem fileSystem) implements AtomicFiles {

    @Override
    public Optional<String> read(Path file) throws IOException {
        return AtomicFiles.open(fileSystem, file);
    }

    @Override
    public void replace(Path file, String text) throws IOException {
        Path temporary = AtomicFiles.temporary(file);
        AtomicFiles.put(fileSystem, temporary, text);
        Files.move(local(temporary), local(file), StandardCopyOption.ATOMIC_MOVE);
    }

    @Override
    public boolean create(Path file, String text) throws IOException {
        java.nio.file.Path temporary = local(AtomicFiles.temporary(file));
        Files.createDirectories(temporary.getParent());
        try {
            Files.writeString(temporary, text);
            Files.createLink(local(file), temporary);
            return true;
        } catch (FileAlreadyExistsException exists) {
            return false;
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    @Override
    public void delete(Path path) throws IOException {
        fileSystem.delete(path, true);
    }

    private static java.nio.file.Path local(Path path) {
        return java.nio.file.Path.of(path.toUri().getPath());
    }
}
