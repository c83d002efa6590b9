package dev.ingot.source;

import dev.ingot.component.input.Input;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.RemoteIterator;

/**
 * Lists the data files under a path or glob, sorted by path. Skips names that begin with a dot or an underscore, as
 * Spark does. Walks a local folder without Hadoop, which is many times faster.
 */
record FileListing(Configuration hadoop) {

    /**
     * Lists the files under a path or glob.
     *
     * @throws FileNotFoundException when the path does not exist or the glob matches nothing
     */
    List<Input.File> list(String address) throws IOException {
        List<Input.File> files = new ArrayList<>();
        org.apache.hadoop.fs.Path path = new org.apache.hadoop.fs.Path(address);
        FileSystem fileSystem = path.getFileSystem(hadoop);
        FileStatus[] roots = fileSystem.globStatus(path);
        if (roots == null || roots.length == 0) {
            throw new FileNotFoundException(address);
        }
        for (FileStatus root : roots) {
            if (root.isFile()) {
                files.add(file(root));
            } else if (fileSystem.getScheme().equals("file")) {
                walk(Path.of(root.getPath().toUri().getPath()), files);
            } else {
                walk(fileSystem, root.getPath(), files);
            }
        }
        files.sort(Comparator.comparing(Input.File::path));
        return files;
    }

    /** Returns a file with its current size and modification time. */
    Input.File stat(String path) throws IOException {
        org.apache.hadoop.fs.Path hadoopPath = new org.apache.hadoop.fs.Path(path);
        return file(hadoopPath.getFileSystem(hadoop).getFileStatus(hadoopPath));
    }

    private static void walk(Path folder, List<Input.File> files) throws IOException {
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path inner, BasicFileAttributes attributes) {
                boolean hidden =
                        !inner.equals(folder) && isHidden(inner.getFileName().toString());
                return hidden ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (!isHidden(file.getFileName().toString())) {
                    files.add(new Input.File(
                            file.toString(),
                            attributes.size(),
                            attributes.lastModifiedTime().toMillis()));
                }
                return FileVisitResult.CONTINUE;
            }
        });
    }

    private static void walk(FileSystem fileSystem, org.apache.hadoop.fs.Path folder, List<Input.File> files)
            throws IOException {
        RemoteIterator<LocatedFileStatus> found = fileSystem.listFiles(folder, true);
        while (found.hasNext()) {
            FileStatus file = found.next();
            String relative = folder.toUri().relativize(file.getPath().toUri()).getPath();
            if (List.of(relative.split("/")).stream().noneMatch(FileListing::isHidden)) {
                files.add(file(file));
            }
        }
    }

    private static boolean isHidden(String name) {
        return name.startsWith(".") || name.startsWith("_");
    }

    private static Input.File file(FileStatus status) {
        org.apache.hadoop.fs.Path path = status.getPath();
        String scheme = path.toUri().getScheme();
        String name = scheme == null || scheme.equals("file") ? path.toUri().getPath() : path.toString();
        return new Input.File(name, status.getLen(), status.getModificationTime());
    }
}
