package dev.ingot.state;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** Reads and writes small text files in the lake, on any storage. A file is visible as a whole or not at all. */
public final class LakeFiles {

    private final Configuration hadoop;

    @FunctionalInterface
    private interface Operation<T> {
        T apply(AtomicFiles files, Path path) throws IOException;
    }

    public LakeFiles(Configuration hadoop) {
        this.hadoop = Objects.requireNonNull(hadoop, "hadoop");
    }

    /** Returns the text of a file; empty when it does not exist. */
    public Optional<String> read(String address) {
        return run(address, "read", (files, path) -> files.read(path));
    }

    /** Writes a file, replacing an existing one. */
    public void write(String address, String text) {
        run(address, "write", (files, path) -> {
            files.replace(path, text);
            return path;
        });
    }

    /** Writes a file unless it exists; returns whether it was created. */
    public boolean create(String address, String text) {
        return run(address, "create", (files, path) -> files.create(path, text));
    }

    /** Deletes a file or folder; does nothing when it does not exist. */
    public void delete(String address) {
        run(address, "delete", (files, path) -> {
            files.delete(path);
            return path;
        });
    }

    /** Lists the names of a folder's files, sorted; empty when the folder does not exist. */
    public List<String> list(String folder) {
        return list(folder, FileStatus::isFile);
    }

    /** Lists the names of a folder's files that were modified after a time, sorted. */
    public List<String> list(String folder, Instant moment) {
        return list(folder, file -> file.isFile() && file.getModificationTime() > moment.toEpochMilli());
    }

    /** Lists the names of a folder's subfolders, sorted; empty when the folder does not exist. */
    public List<String> folders(String folder) {
        return list(folder, FileStatus::isDirectory);
    }

    private List<String> list(String folder, Predicate<FileStatus> filter) {
        Path path = new Path(folder);
        try {
            return Arrays.stream(fileSystem(path).listStatus(path))
                    .filter(filter)
                    .flatMap(file -> visible(file.getPath().getName()).stream())
                    .sorted()
                    .distinct()
                    .toList();
        } catch (FileNotFoundException missing) {
            return List.of();
        } catch (IOException failed) {
            throw new UncheckedIOException("cannot list " + folder, failed);
        }
    }

    /** Returns the name under which a file can be read; empty for a hidden file. */
    private static Optional<String> visible(String name) {
        return name.startsWith(".") ? RenameFiles.targetOf(name) : Optional.of(name);
    }

    /** Returns the total size of the files in a folder, in bytes. */
    public long bytes(String folder) {
        Path path = new Path(folder);
        try {
            return fileSystem(path).getContentSummary(path).getLength();
        } catch (IOException failed) {
            throw new UncheckedIOException("cannot get the size of " + folder, failed);
        }
    }

    /** Counts the files in a folder, recursively. */
    public long count(String folder) {
        Path path = new Path(folder);
        try {
            return fileSystem(path).getContentSummary(path).getFileCount();
        } catch (IOException failed) {
            throw new UncheckedIOException("cannot count the files of " + folder, failed);
        }
    }

    private FileSystem fileSystem(Path path) throws IOException {
        FileSystem fileSystem = path.getFileSystem(hadoop);
        fileSystem.setWriteChecksum(false);
        return fileSystem;
    }

    private <T> T run(String address, String verb, Operation<T> operation) {
        Path path = new Path(address);
        try {
            return operation.apply(AtomicFiles.of(fileSystem(path)), path);
        } catch (IOException failed) {
            throw new UncheckedIOException("cannot " + verb + " " + address, failed);
        }
    }
}
