package dev.ingot.run;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.util.Progressable;

/**
 * The local disk under the scheme {@code mortal}, as a process sees it that dies: from a certain change on nothing works
 * any more, until the next life. The change itself is done or not. A rename takes no other file's place, as on HDFS.
 */
public final class MortalFileSystem extends RawLocalFileSystem {

    private static int left = Integer.MAX_VALUE;
    private static Death death = Death.BEFORE;

    /** Whether the last change still happens. */
    enum Death {
        BEFORE,
        AFTER
    }

    @FunctionalInterface
    private interface Change<T> {
        T make() throws IOException;
    }

    /** Begins a life of so many changes; the one after them is the last. */
    static synchronized void live(int changes, Death how) {
        left = changes;
        death = how;
    }

    /** Whether a life ended. */
    static synchronized boolean isDead() {
        return left < 0;
    }

    private static synchronized boolean isLast() throws IOException {
        requireLife();
        return --left < 0;
    }

    private static synchronized void requireLife() throws IOException {
        if (left < 0) {
            throw new IOException("the process is dead");
        }
    }

    private static <T> T change(Change<T> change) throws IOException {
        boolean last = isLast();
        if (last && death == Death.BEFORE) {
            throw new IOException("the process died");
        }
        T made = change.make();
        if (last) {
            throw new IOException("the process died");
        }
        return made;
    }

    @Override
    public URI getUri() {
        return URI.create("mortal:///");
    }

    @Override
    public String getScheme() {
        return "mortal";
    }

    @Override
    public FSDataInputStream open(Path file, int bufferSize) throws IOException {
        requireLife();
        return super.open(file, bufferSize);
    }

    @Override
    public FileStatus[] listStatus(Path folder) throws IOException {
        requireLife();
        return super.listStatus(folder);
    }

    @Override
    public FileStatus getFileStatus(Path file) throws IOException {
        if (isDead()) {
            // Some ask whether a file is there, and take every failure but this one for a bug.
            throw new FileNotFoundException("the process is dead");
        }
        return super.getFileStatus(file);
    }

    @Override
    public FSDataOutputStream create(
            Path file,
            FsPermission permission,
            boolean overwrite,
            int bufferSize,
            short replication,
            long blockSize,
            Progressable progress)
            throws IOException {
        return change(() -> super.create(file, permission, overwrite, bufferSize, replication, blockSize, progress));
    }

    @Override
    public boolean rename(Path from, Path to) throws IOException {
        boolean taken = super.exists(to);
        return change(() -> !taken && super.rename(from, to));
    }

    @Override
    public boolean delete(Path file, boolean recursive) throws IOException {
        return change(() -> super.delete(file, recursive));
    }

    @Override
    public boolean mkdirs(Path folder) throws IOException {
        return change(() -> super.mkdirs(folder));
    }
}
