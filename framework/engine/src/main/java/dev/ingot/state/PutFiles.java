package dev.ingot.state;

import java.io.IOException;
import java.util.Optional;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Files on S3. An upload is seen when it is complete, and takes the place of what was there in one step. There is no
 * exclusive creation in the versions of Hadoop that clusters have: a file is looked for, put and read back, which is
 * certain within one process and likely between two. Hence a lake on S3 has one driver at a time ({@link Lease}).
 */
record PutFiles(FileSystem fileSystem) implements AtomicFiles {

    private static final Object ONE_AT_A_TIME = new Object();

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
        synchronized (ONE_AT_A_TIME) {
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
