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
 * Delta's log on a local disk, safe between threads, sessions and processes. Delta's own stores for {@code file:} are
 * not: they look whether a commit is there, then rename over whatever came in between, and the lock around both is an
 * object of one JVM. Here a commit is written to a hidden file, synced, and given its name by a hard link, which the
 * operating system makes only if the name is free. So a commit is there whole or not at all, and of all who write one
 * version exactly one wins; the others get {@link FileAlreadyExistsException}, as {@link io.delta.storage.LogStore}
 * asks for.
 *
 * <p>An application uses it by {@code spark.delta.logStore.file.impl=dev.ingot.state.LocalLogStore}, read once, when it
 * starts. Every process that writes to a table must. A file system without hard links is refused with an
 * {@link IOException} at the first commit.
 *
 * <p>What this promises holds when processes die. When the power fails, the commits are on the disk; the data files
 * that Spark wrote are synced by nobody.
 */
public final class LocalLogStore extends HadoopFileSystemLogStore {

    /** Delta makes the store by reflection and gives it the application's Hadoop settings. */
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
            // A checksum of an earlier file of this name, left by Hadoop, would make the new one unreadable.
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
     * True, though no commit written here is ever seen in part: Delta asks this only for checkpoints, which it writes
     * past the log store, and on "false" it writes them under their final name.
     */
    @Override
    public Boolean isPartialWriteVisible(org.apache.hadoop.fs.Path path, Configuration settings) {
        return true;
    }

    private Path local(org.apache.hadoop.fs.Path path, Configuration settings) throws IOException {
        org.apache.hadoop.fs.Path resolved = resolvePathOnPhysicalStorage(path, settings);
        if (!"file".equals(resolved.toUri().getScheme())) {
            throw new IOException("The log store for local disks cannot write " + resolved
                    + ": set it for the scheme file only, spark.delta.logStore.file.impl");
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
            // On a network disk the answer to a link that was made can be lost, and its repetition finds our own file.
            if (!Files.isSameFile(hidden, target)) {
                throw taken;
            }
        } catch (NoSuchFileException | AccessDeniedException plain) {
            throw plain;
        } catch (FileSystemException | UnsupportedOperationException refused) {
            throw new IOException(
                    "Cannot commit " + target + ": the file system made no hard link (" + refused.getMessage()
                            + "). A local lake needs one that has hard links, so that of two writers one wins.",
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
            // Not every system can sync a folder, and the commit is seen by now: to fail it would be untrue.
        }
    }

    private static void deleteQuietly(Path hidden) {
        try {
            Files.deleteIfExists(hidden);
        } catch (IOException stays) {
            // Delta does not list it, so it does no harm; to throw would hide what became of the commit.
        }
    }
}
