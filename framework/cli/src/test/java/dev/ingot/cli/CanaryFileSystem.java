package dev.ingot.cli;

import java.io.IOException;
import java.net.URI;
import java.util.Arrays;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;

/**
 * Storage under the scheme {@code canary} that lists its files and refuses to open them, and says the password that it
 * was given: in the form that the folder of the file is named after.
 */
public final class CanaryFileSystem extends RawLocalFileSystem {

    static final String PASSWORD = "fs.canary.key";

    @Override
    public URI getUri() {
        return URI.create("canary:///");
    }

    @Override
    public String getScheme() {
        return "canary";
    }

    @Override
    public FileStatus getFileStatus(Path file) throws IOException {
        return plain(super.getFileStatus(file));
    }

    @Override
    public FileStatus[] listStatus(Path folder) throws IOException {
        return Arrays.stream(super.listStatus(folder))
                .map(CanaryFileSystem::plain)
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
        throw new IOException("403 forbidden for key '"
                + CanaryForms.of(password).get(file.getParent().getName()) + "'");
    }
}
