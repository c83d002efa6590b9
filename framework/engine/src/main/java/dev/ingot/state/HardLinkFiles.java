package dev.ingot.state;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Files on a local disk. A hard link appears whole, and of two that are made at once under one name, one fails; a rename
 * takes the place of what was there in one step.
 */
record HardLinkFiles(FileSystem fileSystem) implements AtomicFiles {

    @Override
    public Optional<String> read(Path file) throws IOException {
        return AtomicFiles.open(fileSystem, file);
    }

    @Override
    public void replace(Path file, String text) throws IOException {
        Path whole = AtomicFiles.hidden(file);
        AtomicFiles.put(fileSystem, whole, text);
        Files.move(local(whole), local(file), StandardCopyOption.ATOMIC_MOVE);
    }

    @Override
    public boolean create(Path file, String text) throws IOException {
        java.nio.file.Path whole = local(AtomicFiles.hidden(file));
        Files.createDirectories(whole.getParent());
        try {
            Files.writeString(whole, text);
            Files.createLink(local(file), whole);
            return true;
        } catch (FileAlreadyExistsException exists) {
            return false;
        } finally {
            Files.deleteIfExists(whole);
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
