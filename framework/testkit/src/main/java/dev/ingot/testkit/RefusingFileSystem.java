package dev.ingot.testkit;

import java.io.IOException;
import java.net.URI;
import java.util.Arrays;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;

/**
 * Storage on the local disk under the scheme {@code refusing}: it lists its files, refuses to open them, and quotes the
 * password that it was given, as the drivers of some storages do.
 */
public class RefusingFileSystem extends RawLocalFileSystem {

    /** The setting of Hadoop that the password is. */
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

    /** What a local disk says of a file asks for more where the scheme is 'file'. */
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

    /** The password as it stands in the refusal of a file. */
    protected String quoted(String password, Path file) {
        return password;
    }
}
