package dev.ingot.state;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.PositionedReadable;
import org.apache.hadoop.fs.Seekable;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.util.Progressable;

/**
 * An in-memory file system whose every call is atomic. Under the scheme {@code memory} it behaves like HDFS: a file is
 * visible from its first byte on, and a rename fails if the target exists. Under {@code s3a} it behaves like S3: a file
 * is visible when it is complete, and there is no exclusive creation. A folder exists while it contains files.
 */
public final class MemoryFileSystem extends FileSystem {

    private final TreeMap<Path, byte[]> files = new TreeMap<>();
    private URI uri;
    private long clock;

    /** Returns settings that register it with Hadoop for both schemes. */
    static Configuration settings() {
        Configuration settings = new Configuration();
        settings.setClass("fs.memory.impl", MemoryFileSystem.class, FileSystem.class);
        settings.setClass("fs.s3a.impl", MemoryFileSystem.class, FileSystem.class);
        return settings;
    }

    /** Returns the path of a new, empty folder. */
    static String address(String scheme) {
        return scheme + "://" + UUID.randomUUID() + "/folder";
    }

    @Override
    public void initialize(URI name, Configuration settings) throws IOException {
        super.initialize(name, settings);
        setConf(settings);
        uri = URI.create(name.getScheme() + "://" + name.getAuthority());
    }

    @Override
    public String getScheme() {
        return uri.getScheme();
    }

    @Override
    public URI getUri() {
        return uri;
    }

    @Override
    public synchronized FSDataInputStream open(Path file, int bufferSize) throws IOException {
        byte[] content = files.get(file);
        if (content == null) {
            throw new FileNotFoundException(file.toString());
        }
        return new FSDataInputStream(new Content(content));
    }

    @Override
    public synchronized FSDataOutputStream create(
            Path file,
            FsPermission permission,
            boolean overwrite,
            int bufferSize,
            short replication,
            long blockSize,
            Progressable progress)
            throws IOException {
        if (getScheme().equals("memory")) {
            put(file, new byte[0]);
        }
        ByteArrayOutputStream written = new ByteArrayOutputStream() {
            @Override
            public void close() {
                put(file, toByteArray());
            }
        };
        return new FSDataOutputStream(written, null);
    }

    private synchronized void put(Path file, byte[] content) {
        files.put(file, content);
        clock++;
    }

    @Override
    public synchronized boolean rename(Path from, Path to) {
        if (!files.containsKey(from) || files.containsKey(to)) {
            return false;
        }
        put(to, files.remove(from));
        return true;
    }

    @Override
    public synchronized boolean delete(Path path, boolean recursive) {
        return files.keySet()
                .removeIf(file -> file.equals(path) || file.getParent().equals(path));
    }

    @Override
    public synchronized FileStatus[] listStatus(Path folder) throws IOException {
        List<FileStatus> found = new ArrayList<>();
        for (Path file : files.keySet()) {
            if (file.getParent().equals(folder)) {
                found.add(getFileStatus(file));
            }
        }
        if (found.isEmpty()) {
            throw new FileNotFoundException(folder.toString());
        }
        return found.toArray(FileStatus[]::new);
    }

    @Override
    public boolean mkdirs(Path folder, FsPermission permission) {
        return true;
    }

    @Override
    public synchronized FileStatus getFileStatus(Path file) throws IOException {
        byte[] content = files.get(file);
        if (content != null) {
            return new FileStatus(content.length, false, 1, 1, clock, file);
        }
        if (files.keySet().stream().anyMatch(other -> other.getParent().equals(file))) {
            return new FileStatus(0, true, 1, 1, clock, file);
        }
        throw new FileNotFoundException(file.toString());
    }

    @Override
    public FSDataOutputStream append(Path file, int bufferSize, Progressable progress) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void setWorkingDirectory(Path folder) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Path getWorkingDirectory() {
        return new Path(uri + "/");
    }

    /** The content of a file as a sequential Hadoop input stream. */
    private static final class Content extends ByteArrayInputStream implements Seekable, PositionedReadable {

        Content(byte[] bytes) {
            super(bytes);
        }

        @Override
        public long getPos() {
            return pos;
        }

        @Override
        public void seek(long position) {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean seekToNewSource(long position) {
            throw new UnsupportedOperationException();
        }

        @Override
        public int read(long position, byte[] buffer, int offset, int length) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void readFully(long position, byte[] buffer, int offset, int length) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void readFully(long position, byte[] buffer) {
            throw new UnsupportedOperationException();
        }
    }
}
