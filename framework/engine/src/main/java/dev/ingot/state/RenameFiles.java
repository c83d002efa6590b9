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
 * Files on HDFS, on Azure, and wherever else a rename is one step that fails if there is such a name already. A file is
 * written under a hidden name and renamed. One that is to be replaced has to be deleted first, so the new one waits
 * complete beside it, as {@code .<name>.<uuid>.next}: until the last rename is done, or when the process died before
 * it, that one is the file.
 */
record RenameFiles(FileSystem fileSystem) implements AtomicFiles {

    private static final Pattern NEXT = Pattern.compile("\\.(.+)\\.[0-9a-f-]{36}\\.next");

    /** How often others may come in between while a file is replaced. */
    private static final int ATTEMPTS = 20;

    /** The name of the file that another one, hidden beside it, will be or is. */
    static Optional<String> named(String hidden) {
        Matcher next = NEXT.matcher(hidden);
        return next.matches() ? Optional.of(next.group(1)) : Optional.empty();
    }

    /**
     * While one looks, the one that waits may get its name, and be replaced in turn: then it is looked again. At every
     * moment there is one of the two, so it is absent where a listing has neither; a long one is not of one moment.
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
        throw new IOException("cannot read " + file + ": it was replaced each of the " + ATTEMPTS + " times");
    }

    @Override
    public void replace(Path file, String text) throws IOException {
        Path whole = AtomicFiles.hidden(file);
        AtomicFiles.put(fileSystem, whole, text);
        if (rename(whole, file)) {
            return;
        }
        Path next = whole.suffix(".next");
        if (!rename(whole, next)) {
            throw new IOException("cannot rename " + whole + " to " + next);
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
        // The driver for wasb fails in a container that has nothing yet, unless it is told of the folder.
        fileSystem.mkdirs(file.getParent());
        Path whole = AtomicFiles.hidden(file);
        AtomicFiles.put(fileSystem, whole, text);
        if (rename(whole, file)) {
            return true;
        }
        fileSystem.delete(whole, false);
        if (!fileSystem.exists(file)) {
            throw new IOException("cannot rename " + whole + " to " + file);
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

    /** Says whether it happened. A request whose answer was lost is repeated, and refused then: the name has gone over. */
    private boolean rename(Path from, Path to) throws IOException {
        try {
            return fileSystem.rename(from, to) || !fileSystem.exists(from);
        } catch (FileAlreadyExistsException taken) {
            return false;
        }
    }

    private static boolean isNext(String hidden, Path file) {
        return named(hidden).filter(file.getName()::equals).isPresent();
    }

    /** What lies beside a file and has such a name; nothing where there is no folder. */
    private FileStatus[] list(Path file, Predicate<String> fits) throws IOException {
        try {
            return fileSystem.listStatus(file.getParent(), other -> fits.test(other.getName()));
        } catch (FileNotFoundException none) {
            return new FileStatus[0];
        }
    }
}
