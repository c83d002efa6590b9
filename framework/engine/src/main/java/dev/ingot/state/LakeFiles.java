package dev.ingot.state;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** Small text files in the lake, on whatever storage it lies. A file is there whole or not at all. */
public final class LakeFiles {

    private final Configuration hadoop;

    public LakeFiles(Configuration hadoop) {
        this.hadoop = Objects.requireNonNull(hadoop, "hadoop");
    }

    /** The file's text; empty when there is no such file. */
    public Optional<String> read(String address) {
        Path path = new Path(address);
        try (InputStream in = fileSystem(path).open(path)) {
            return Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (FileNotFoundException none) {
            return Optional.empty();
        } catch (IOException failed) {
            throw new UncheckedIOException("cannot read " + address, failed);
        }
    }

    /** Writes a file, replacing one of the same name. */
    public void write(String address, String text) {
        Path path = new Path(address);
        try {
            FileSystem fileSystem = fileSystem(path);
            if (isObjectStore(fileSystem)) {
                put(fileSystem, path, text);
                return;
            }
            Path temporary = new Path(path.getParent() + "/." + path.getName() + "." + UUID.randomUUID());
            put(fileSystem, temporary, text);
            if (fileSystem.getScheme().equals("file")) {
                java.nio.file.Files.move(
                        java.nio.file.Path.of(temporary.toUri().getPath()),
                        java.nio.file.Path.of(path.toUri().getPath()),
                        java.nio.file.StandardCopyOption.ATOMIC_MOVE);
                return;
            }
            fileSystem.delete(path, false);
            if (!fileSystem.rename(temporary, path)) {
                throw new IOException("cannot rename " + temporary + " to " + path);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException("cannot write " + address, failed);
        }
    }

    /** Writes a file unless there is one already; says whether it did. */
    public boolean create(String address, String text) {
        Path path = new Path(address);
        try {
            FileSystem fileSystem = fileSystem(path);
            fileSystem.mkdirs(path.getParent());
            if (fileSystem.getScheme().equals("file")) {
                createLocally(java.nio.file.Path.of(path.toUri().getPath()), text);
                return true;
            }
            try (OutputStream out = fileSystem.create(path, false)) {
                out.write(text.getBytes(StandardCharsets.UTF_8));
            }
            return true;
        } catch (FileAlreadyExistsException | org.apache.hadoop.fs.FileAlreadyExistsException exists) {
            return false;
        } catch (IOException failed) {
            throw new UncheckedIOException("cannot create " + address, failed);
        }
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
            List<String> names = new ArrayList<>();
            for (FileStatus file : fileSystem(path).listStatus(path)) {
                if (wanted.test(file) && !file.getPath().getName().startsWith(".")) {
                    names.add(file.getPath().getName());
                }
            }
            Collections.sort(names);
            return names;
        } catch (FileNotFoundException none) {
            return List.of();
        } catch (IOException failed) {
            throw new UncheckedIOException("cannot list " + folder, failed);
        }
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

    /** Removes a file or folder; nothing happens when it is not there. */
    public void delete(String address) {
        Path path = new Path(address);
        try {
            fileSystem(path).delete(path, true);
        } catch (IOException failed) {
            throw new UncheckedIOException("cannot delete " + address, failed);
        }
    }

    /** A link appears whole, and of two that are made at once under one name, one fails. */
    private static void createLocally(java.nio.file.Path file, String text) throws IOException {
        java.nio.file.Path hidden = file.resolveSibling("." + file.getFileName() + "." + UUID.randomUUID());
        try {
            java.nio.file.Files.writeString(hidden, text);
            java.nio.file.Files.createLink(file, hidden);
        } finally {
            java.nio.file.Files.deleteIfExists(hidden);
        }
    }

    private FileSystem fileSystem(Path path) throws IOException {
        FileSystem fileSystem = path.getFileSystem(hadoop);
        fileSystem.setWriteChecksum(false);
        return fileSystem;
    }

    /** Where an upload becomes visible only when it is complete, and a rename would be a copy. */
    private static boolean isObjectStore(FileSystem fileSystem) {
        return fileSystem.getScheme().startsWith("s3");
    }

    private static void put(FileSystem fileSystem, Path path, String text) throws IOException {
        try (OutputStream out = fileSystem.create(path, true)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
    }
}
