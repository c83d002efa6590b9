package dev.ingot.release;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Finds the files that may belong to a project. Names that begin with a dot belong to an editor or a tool. A folder with
 * a {@code conf/project.yml} is a project of its own and no part of the one around it.
 */
public final class ProjectFiles {

    /** The file that makes a folder a project. */
    public static final String PROJECT_FILE = "conf/project.yml";

    private ProjectFiles() {}

    /**
     * Returns the files below a folder of a project, sorted by path. Links are not followed: a link to a file is
     * returned, a link to a folder is not.
     *
     * @throws IOException when the folder does not exist or cannot be read
     */
    public static List<Path> below(Path root, String folder) throws IOException {
        List<Path> files = new ArrayList<>();
        Path start = root.resolve(folder);
        Files.walkFileTree(start, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
                boolean foreign = !directory.equals(start) && (isHidden(directory) || isProject(directory));
                return foreign ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (!isHidden(file) && !Files.isDirectory(file)) {
                    files.add(file);
                }
                return FileVisitResult.CONTINUE;
            }
        });
        Collections.sort(files);
        return files;
    }

    private static boolean isHidden(Path path) {
        return path.getFileName().toString().startsWith(".");
    }

    private static boolean isProject(Path directory) {
        return Files.isRegularFile(directory.resolve(PROJECT_FILE));
    }
}
