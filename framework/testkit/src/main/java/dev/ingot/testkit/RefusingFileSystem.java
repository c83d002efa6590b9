package dev.ingot.testkit;

import java.io.IOException;
import java.net.URI;
import java.util.Arrays;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;

/**
 * A local file system with the scheme {@code refusing}: it lists files, but fails to open them, and its error message
 * contains the configured password, as the drivers of some storages do.
 */
public class RefusingFileSystem extends RawLocalFileSystem {

    /** The Hadoop setting of the password. */
    public static final String PASSWORD = "fs.refusing.key";

    @Override
    public URI getUri() {
        return URI.create("refusing:///");
    }

    @Override
    public String getScheme() {
        return "refusing";
    }

    @Override
    public FileStatus getFileStatus(Path file) throws IOException {
        return plain(super.getFileStatus(file));
    }

    @Override
    public FileStatus[] listStatus(Path folder) throws IOException {
        return Arrays.stream(super.listStatus(folder))
                .map(RefusingFileSystem::plain)
                .toArray(FileStatus[]::new);
    }

    /** Copies a status: the local one loads permissions, which only works for the scheme {@code file}. */
    private static FileStatus plain(FileStatus local) {
        return new FileStatus(
                local.getLen(),
                local.isDirectory(),
                1,
                local.getBlockSize(),
                local.getModificationTime(),
                local.getPath());
    }

    @Override
    public FSDataInputStream open(Path file, int bufferSize) throws IOException {
        String password = new String(getConf().getPassword(PASSWORD));
        throw new IOException("403 forbidden for key '" + quoted(password, file) + "'");
    }

    /** Returns the password as it appears in the error message. */
    protected String quoted(String password, Path file) {
        return password;
    }
}
