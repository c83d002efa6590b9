package dev.ingot.cli;

import com.github.difflib.DiffUtils;
import dev.ingot.deploy.Change;
import dev.ingot.deploy.DeploymentTarget;
import dev.ingot.diagnostics.Diagnostics;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A platform's files as they lie in the project, and as they should. A list beside them says which Ingot wrote; all others
 * in the folder are left alone. What is not wanted any more may be a job at the platform, which deletes the job with its
 * history where the file is gone: it is deleted when that is allowed, and stays in the list until then.
 */
final class DeployFiles {

    private static final String LIST = ".ingot-files";

    private final Path root;
    private final String folder;
    private final SortedMap<String, String> wanted;
    private final SortedSet<String> unwanted;

    /**
     * The files of a platform.
     *
     * @param warnings takes what the platform does without
     * @throws dev.ingot.diagnostics.IngotException with everything that the platform cannot say
     */
    DeployFiles(DeploymentTarget<?> declared, Diagnostics warnings) throws IOException {
        this.folder = declared.folder() + "/";
        this.root = declared.deployment().plan().project().root();
        this.wanted = new TreeMap<>(declared.files(warnings));
        this.unwanted = written();
        unwanted.removeAll(wanted.keySet());
        list();
    }

    /** Says in the list what is wanted, and what is there still. */
    private void list() {
        SortedSet<String> listed = new TreeSet<>(wanted.keySet());
        listed.addAll(unwanted);
        listed.remove(folder + LIST);
        wanted.put(
                folder + LIST,
                listed.stream()
                        .map(path -> path.substring(folder.length()) + "\n")
                        .collect(Collectors.joining()));
    }

    /** What was written before and is there still. */
    private SortedSet<String> written() throws IOException {
        SortedSet<String> written = new TreeSet<>();
        Path list = root.resolve(folder + LIST);
        if (Files.exists(list)) {
            Path inside = root.resolve(folder).normalize();
            for (String line : new String(Files.readAllBytes(list), StandardCharsets.UTF_8)
                    .lines()
                    .toList()) {
                Path file = root.resolve(folder + line).normalize();
                if (file.startsWith(inside) && Files.isRegularFile(file)) {
                    written.add(folder + line);
                }
            }
        }
        return written;
    }

    /** What differs. */
    List<Change> changes() throws IOException {
        List<Change> changes = new ArrayList<>();
        for (String path : wanted.keySet()) {
            if (!Files.exists(root.resolve(path))) {
                changes.add(change(Change.Kind.CREATE, path, List.of()));
            } else if (!isCurrent(path)) {
                changes.add(change(Change.Kind.UPDATE, path, lines(path)));
            }
        }
        unwanted.forEach(path -> changes.add(change(Change.Kind.DELETE, path, List.of())));
        return changes;
    }

    private static Change change(Change.Kind kind, String path, List<Change.Difference> lines) {
        return new Change(kind, "file " + path, lines);
    }

    /** The lines that differ, by their numbers in the file that is there. */
    private List<Change.Difference> lines(String path) throws IOException {
        String there = new String(Files.readAllBytes(root.resolve(path)), StandardCharsets.UTF_8);
        List<Change.Difference> lines = new ArrayList<>();
        DiffUtils.diff(there.lines().toList(), wanted.get(path).lines().toList())
                .getDeltas()
                .forEach(delta -> {
                    List<String> before = delta.getSource().getLines();
                    List<String> after = delta.getTarget().getLines();
                    for (int i = 0; i < Math.max(before.size(), after.size()); i++) {
                        int number = delta.getSource().getPosition() + Math.min(i, before.size()) + 1;
                        lines.add(new Change.Difference("line " + number, at(before, i), at(after, i)));
                    }
                });
        return lines;
    }

    private static String at(List<String> lines, int index) {
        return index < lines.size() ? lines.get(index).strip() : "";
    }

    private boolean isCurrent(String path) throws IOException {
        Path file = root.resolve(path);
        return Files.exists(file) && Arrays.equals(bytes(path), Files.readAllBytes(file));
    }

    private byte[] bytes(String path) {
        return wanted.get(path).getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Makes the files what they should be.
     *
     * @param allowed those of {@link #changes()} that may be made
     */
    void apply(List<Change> allowed) throws IOException {
        for (String path : List.copyOf(unwanted)) {
            if (allowed.contains(change(Change.Kind.DELETE, path, List.of()))) {
                Files.delete(root.resolve(path));
                unwanted.remove(path);
            }
        }
        list();
        for (String path : wanted.keySet()) {
            if (!isCurrent(path)) {
                Path target = root.resolve(path);
                Files.createDirectories(target.getParent());
                Files.write(target, bytes(path));
            }
        }
    }
}
