package dev.ingot.cli;

import java.io.IOException;
import java.net.URI;
import org.apache.hadoop.fs.FSDataInputStream;
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
    public FSDataInputStream open(Path file, int bufferSize) throws IOException {
        String password = new String(getConf().getPassword(PASSWORD));
        throw new IOException("403 forbidden for key '"
                + CanaryForms.of(password).get(file.getParent().getName()) + "'");
    }
}
