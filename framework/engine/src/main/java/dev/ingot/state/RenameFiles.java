package dev.ingot.state;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Writes files on HDFS, on Azure, and on any storage whose rename is atomic and fails if the target exists. A file is
 * written under a hidden name and renamed. To replace a file, it has to be deleted first, so the complete new one is
 * stored next to it as {@code .<name>.<uuid>.next}: until the last rename, or if the process dies before it, readers
 * read that one.
 */
record RenameFiles(FileSystem fileSystem) implements AtomicFiles {

    private static final Pattern NEXT = Pattern.compile("\\.(.+)\\.[0-9a-f-]{36}\\.next");

    /** How many concurrent replacements of a file are tolerated. */
    private static final int ATTEMPTS = 20;

    /** Returns the name of the file that a hidden replacement is for; empty when the name is no replacement. */
    static Optional<String> targetOf(String hidden) {
        Matcher next = NEXT.matcher(hidden);
        return next.matches() ? Optional.of(next.group(1)) : Optional.empty();
    }

    /**
     * Retries when the replacement gets renamed, or replaced itself, during the read. At every moment one of the two
     * exists, so a listing without either means that the file is absent; but a long listing is not atomic, so only the
     * second such listing counts.
     */
    @Override
    public Optional<String> read(Path file) throws IOException {
        boolean missed = false;
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Optional<String> text = AtomicFiles.open(fileSystem, file);
            if (text.isPresent()) {
                return text;
            }
            Optional<Path> newest = Arrays.stream(list(file, name -> name.equals(file.getName()) || isNext(name, file)))
                    .max(Comparator.comparingLong(FileStatus::getModificationTime))
                    .map(FileStatus::getPath);
            if (newest.isEmpty()) {
                if (missed) {
                    return Optional.empty();
                }
                missed = true;
            } else {
                text = AtomicFiles.open(fileSystem, newest.get());
                if (text.isPresent()) {
                    return text;
                }
            }
        }
        throw new IOException("cannot read " + file + ": it was replaced during each of " + ATTEMPTS + " attempts");
    }

    @Override
    public void replace(Path file, String text) throws IOException {
        Path temporary = AtomicFiles.temporary(file);
        AtomicFiles.put(fileSystem, temporary, text);
        if (rename(temporary, file)) {
            return;
        }
        Path next = temporary.suffix(".next");
        if (!rename(temporary, next)) {
            throw new IOException("cannot rename " + temporary + " to " + next);
        }
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            fileSystem.delete(file, false);
            if (rename(next, file)) {
                return;
            }
        }
        throw new IOException("cannot rename " + next + " to " + file);
    }

    @Override
    public boolean create(Path file, String text) throws IOException {
        if (read(file).isPresent()) {
            return false;
        }
        // In an empty container, the wasb connector fails unless the folder is created first.
        fileSystem.mkdirs(file.getParent());
        Path temporary = AtomicFiles.temporary(file);
        AtomicFiles.put(fileSystem, temporary, text);
        if (rename(temporary, file)) {
            return true;
        }
        fileSystem.delete(temporary, false);
        if (!fileSystem.exists(file)) {
            throw new IOException("cannot rename " + temporary + " to " + file);
        }
        return false;
    }

    @Override
    public void delete(Path path) throws IOException {
        for (FileStatus next : list(path, name -> isNext(name, path))) {
            fileSystem.delete(next.getPath(), false);
        }
        fileSystem.delete(path, true);
    }

    /** Returns whether it succeeded. The retry after a lost answer is refused, but the source is gone then. */
    private boolean rename(Path from, Path to) throws IOException {
        try {
            return fileSystem.rename(from, to) || !fileSystem.exists(from);
        } catch (FileAlreadyExistsException taken) {
            return false;
        }
    }

    private static boolean isNext(String hidden, Path file) {
        return targetOf(hidden).filter(file.getName()::equals).isPresent();
    }

    /** Lists the files in a file's folder whose names match; empty when the folder does not exist. */
    private FileStatus[] list(Path file, Predicate<String> fits) throws IOException {
        try {
            return fileSystem.listStatus(file.getParent(), other -> fits.test(other.getName()));
        } catch (FileNotFoundException missing) {
            return new FileStatus[0];
        }
    }
}
