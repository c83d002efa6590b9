package dev.ingot.state;

import io.delta.storage.HadoopFileSystemLogStore;
import java.io.BufferedWriter;
import java.io.File;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Iterator;
import org.apache.hadoop.conf.Configuration;

/**
 * Writes Delta's log on a local disk, safe for concurrent threads, sessions and processes. Delta's own log stores for
 * {@code file:} are not: they check whether a commit exists, then rename over any commit made in between, and the lock
 * around both works within one JVM only. Here a commit is written to a hidden file, synced, and published by a hard
 * link, which the operating system creates only if the name is free. So a commit is visible as a whole or not at all,
 * and of all concurrent writers of a version exactly one succeeds; the others get {@link FileAlreadyExistsException},
 * as {@link io.delta.storage.LogStore} requires.
 *
 * <p>An application enables it with {@code spark.delta.logStore.file.impl=dev.ingot.state.LocalLogStore}, read once at
 * startup. Every process that writes to a table must do so. A file system without hard links is refused with an
 * {@link IOException} at the first commit.
 *
 * <p>These guarantees survive the death of processes. After a power failure, the commits are on the disk, but the data
 * files that Spark wrote may not be: nothing syncs them.
 */
public final class LocalLogStore extends HadoopFileSystemLogStore {

    /** Called by Delta through reflection, with the application's Hadoop settings. */
    public LocalLogStore(Configuration settings) {
        super(settings);
    }

    @Override
    public void write(
            org.apache.hadoop.fs.Path path, Iterator<String> actions, Boolean overwrite, Configuration settings)
            throws IOException {
        Path target = local(path, settings);
        if (!overwrite && Files.exists(target)) {
            throw new FileAlreadyExistsException(target.toString());
        }
        Path hidden = local(createTempPath(path), settings);
        try {
            writeSynced(hidden, actions);
            // A checksum that Hadoop left for an earlier file of this name would make the new one unreadable.
            Files.deleteIfExists(checksum(target));
            if (overwrite) {
                replace(hidden, target);
            } else {
                putIfAbsent(hidden, target);
            }
            syncFolder(target.getParent());
        } finally {
            deleteQuietly(hidden);
        }
    }

    /**
     * Returns true, although no commit written here is ever partially visible: Delta calls this only for checkpoints,
     * which it writes without the log store, and on "false" it would write them under their final name.
     */
    @Override
    public Boolean isPartialWriteVisible(org.apache.hadoop.fs.Path path, Configuration settings) {
        return true;
    }

    private Path local(org.apache.hadoop.fs.Path path, Configuration settings) throws IOException {
        org.apache.hadoop.fs.Path resolved = resolvePathOnPhysicalStorage(path, settings);
        if (!"file".equals(resolved.toUri().getScheme())) {
            throw new IOException("Cannot write " + resolved
                    + ": this log store is for local disks; set it for the scheme file only,"
                    + " spark.delta.logStore.file.impl");
        }
        return new File(resolved.toUri().getPath()).toPath();
    }

    private static void writeSynced(Path file, Iterator<String> lines) throws IOException {
        try (FileOutputStream out = new FileOutputStream(file.toFile());
                Writer writer = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8))) {
            while (lines.hasNext()) {
                writer.write(lines.next());
                writer.write('\n');
            }
            writer.flush();
            out.getFD().sync();
        }
    }

    private static void putIfAbsent(Path hidden, Path target) throws IOException {
        try {
            Files.createLink(target, hidden);
        } catch (FileAlreadyExistsException taken) {
            // On a network disk the answer to a successful link can be lost; its retry then finds our own file.
            if (!Files.isSameFile(hidden, target)) {
                throw taken;
            }
        } catch (NoSuchFileException | AccessDeniedException unrelated) {
            throw unrelated;
        } catch (FileSystemException | UnsupportedOperationException refused) {
            throw new IOException(
                    "Cannot commit " + target + ": the file system created no hard link (" + refused.getMessage()
                            + "). A local lake needs a file system with hard links, so that one of two writers wins.",
                    refused);
        }
    }

    private static void replace(Path hidden, Path target) throws IOException {
        try {
            Files.move(hidden, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException refused) {
            throw new IOException("Cannot replace " + target + ": the file system has no atomic rename", refused);
        }
    }

    private static Path checksum(Path target) {
        return target.resolveSibling("." + target.getFileName() + ".crc");
    }

    private static void syncFolder(Path folder) {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException unsupported) {
            // Not every system can sync a folder, and the commit is already visible: failing it would be wrong.
        }
    }

    private static void deleteQuietly(Path hidden) {
        try {
            Files.deleteIfExists(hidden);
        } catch (IOException remains) {
            // Delta does not list it, so it is harmless; throwing would hide the outcome of the commit.
        }
    }
}
