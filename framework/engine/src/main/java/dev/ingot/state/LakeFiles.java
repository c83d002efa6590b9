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

/** Small text files in the lake, on whatever storage it lies. A file is there whole or not at all. */
public final class LakeFiles {

    private final Configuration hadoop;

    @FunctionalInterface
    private interface Work<T> {
        T with(AtomicFiles files, Path path) throws IOException;
    }

    public LakeFiles(Configuration hadoop) {
        this.hadoop = Objects.requireNonNull(hadoop, "hadoop");
    }

    /** The file's text; empty when there is no such file. */
    public Optional<String> read(String address) {
        return on(address, "read", (files, path) -> files.read(path));
    }

    /** Writes a file, replacing one of the same name. */
    public void write(String address, String text) {
        on(address, "write", (files, path) -> {
            files.replace(path, text);
            return path;
        });
    }

    /** Writes a file unless there is one already; says whether it did. */
    public boolean create(String address, String text) {
        return on(address, "create", (files, path) -> files.create(path, text));
    }

    /** Removes a file or folder; nothing happens when it is not there. */
    public void delete(String address) {
        on(address, "delete", (files, path) -> {
            files.delete(path);
            return path;
        });
    }

    /** The names of a folder's files, sorted; empty when there is no such folder. */
    public List<String> list(String folder) {
        return list(folder, FileStatus::isFile);
    }

    /** The names of those of a folder's files that were written after a moment, sorted. */
    public List<String> list(String folder, Instant moment) {
        return list(folder, file -> file.isFile() && file.getModificationTime() > moment.toEpochMilli());
    }

    /** The names of a folder's folders, sorted; empty when there is no such folder. */
    public List<String> folders(String folder) {
        return list(folder, FileStatus::isDirectory);
    }

    private List<String> list(String folder, Predicate<FileStatus> wanted) {
        Path path = new Path(folder);
        try {
            return Arrays.stream(fileSystem(path).listStatus(path))
                    .filter(wanted)
                    .flatMap(file -> visible(file.getPath().getName()).stream())
                    .sorted()
                    .distinct()
                    .toList();
        } catch (FileNotFoundException none) {
            return List.of();
        } catch (IOException failed) {
            throw new UncheckedIOException("cannot list " + folder, failed);
        }
    }

    /** The name under which a file can be read; empty for what is hidden. */
    private static Optional<String> visible(String name) {
        return name.startsWith(".") ? RenameFiles.named(name) : Optional.of(name);
    }

    /** How many bytes the files of a folder take. */
    public long bytes(String folder) {
        Path path = new Path(folder);
        try {
            return fileSystem(path).getContentSummary(path).getLength();
        } catch (IOException failed) {
            throw new UncheckedIOException("cannot look into " + folder, failed);
        }
    }

    /** How many files a folder holds, at whatever depth. */
    public long count(String folder) {
        Path path = new Path(folder);
        try {
            return fileSystem(path).getContentSummary(path).getFileCount();
        } catch (IOException failed) {
            throw new UncheckedIOException("cannot look into " + folder, failed);
        }
    }

    private FileSystem fileSystem(Path path) throws IOException {
        FileSystem fileSystem = path.getFileSystem(hadoop);
        fileSystem.setWriteChecksum(false);
        return fileSystem;
    }

    private <T> T on(String address, String verb, Work<T> work) {
        Path path = new Path(address);
        try {
            return work.with(AtomicFiles.of(fileSystem(path)), path);
        } catch (IOException failed) {
            throw new UncheckedIOException("cannot " + verb + " " + address, failed);
        }
    }
}
