package dev.ingot.state;

import java.io.IOException;
import java.util.Optional;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Writes files on S3. An upload is visible when it is complete, and replaces an existing file in one step. The Hadoop
 * versions of clusters have no exclusive creation: a file is checked for, uploaded and read back, which is reliable
 * within one process and merely likely between two. Hence a lake on S3 has one driver at a time ({@link Lease}).
 */
record PutFiles(FileSystem fileSystem) implements AtomicFiles {

    private static final Object CREATION_LOCK = new Object();

    @Override
    public Optional<String> read(Path file) throws IOException {
        return AtomicFiles.open(fileSystem, file);
    }

    @Override
    public void replace(Path file, String text) throws IOException {
        AtomicFiles.put(fileSystem, file, text);
    }

    @Override
    public boolean create(Path file, String text) throws IOException {
        synchronized (CREATION_LOCK) {
            if (fileSystem.exists(file)) {
                return false;
            }
            AtomicFiles.put(fileSystem, file, text);
            return read(file).filter(text::equals).isPresent();
        }
    }

    @Override
    public void delete(Path path) throws IOException {
        fileSystem.delete(path, true);
    }
}
