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
 * Compares a platform's files in the project with the generated ones, and writes them. A list beside the files ({@code
 * .ingot-files}) names those that Ingot wrote; all others in the folder are left alone. An obsolete file may define a
 * job on the platform, and the platform deletes the job with its history once the file is missing: so it is deleted
 * only when that is allowed, and stays in the list until then.
 */
final class DeployFiles {

    private static final String LIST_FILE = ".ingot-files";

    private final Path root;
    private final String folder;
    private final SortedMap<String, String> generated;
    private final SortedSet<String> obsolete;

    /**
     * Generates the files of a platform.
     *
     * @param warnings receives what the platform does not support and leaves out
     * @throws dev.ingot.diagnostics.IngotException with everything that the platform cannot express
     */
    DeployFiles(DeploymentTarget<?> declared, Diagnostics warnings) throws IOException {
        this.folder = declared.folder() + "/";
        this.root = declared.deployment().plan().project().root();
        this.generated = new TreeMap<>(declared.files(warnings));
        this.obsolete = listedFiles();
        obsolete.removeAll(generated.keySet());
        updateList();
    }

    /** Updates the list: the generated files, and the obsolete ones that still exist. */
    private void updateList() {
        SortedSet<String> listed = new TreeSet<>(generated.keySet());
        listed.addAll(obsolete);
        listed.remove(folder + LIST_FILE);
        generated.put(
                folder + LIST_FILE,
                listed.stream()
                        .map(path -> path.substring(folder.length()) + "\n")
                        .collect(Collectors.joining()));
    }

    /** Returns the files of the list that still exist; a path that leads out of the folder is ignored. */
    private SortedSet<String> listedFiles() throws IOException {
        SortedSet<String> existing = new TreeSet<>();
        Path list = root.resolve(folder + LIST_FILE);
        if (Files.exists(list)) {
            Path inside = root.resolve(folder).normalize();
            for (String line : new String(Files.readAllBytes(list), StandardCharsets.UTF_8)
                    .lines()
                    .toList()) {
                Path file = root.resolve(folder + line).normalize();
                if (file.startsWith(inside) && Files.isRegularFile(file)) {
                    existing.add(folder + line);
                }
            }
        }
        return existing;
    }

    /** Returns the differences between the files on disk and the generated ones. */
    List<Change> changes() throws IOException {
        List<Change> changes = new ArrayList<>();
        for (String path : generated.keySet()) {
            if (!Files.exists(root.resolve(path))) {
                changes.add(change(Change.Kind.CREATE, path, List.of()));
            } else if (!isCurrent(path)) {
                changes.add(change(Change.Kind.UPDATE, path, lines(path)));
            }
        }
        obsolete.forEach(path -> changes.add(change(Change.Kind.DELETE, path, List.of())));
        return changes;
    }

    private static Change change(Change.Kind kind, String path, List<Change.Difference> lines) {
        return new Change(kind, "file " + path, lines);
    }

    /** Returns the lines that differ, by their numbers in the existing file. */
    private List<Change.Difference> lines(String path) throws IOException {
        String current = new String(Files.readAllBytes(root.resolve(path)), StandardCharsets.UTF_8);
        List<Change.Difference> lines = new ArrayList<>();
        DiffUtils.diff(current.lines().toList(), generated.get(path).lines().toList())
                .getDeltas()
                .forEach(delta -> {
                    List<String> before = delta.getSource().getLines();
                    List<String> after = delta.getTarget().getLines();
                    for (int i = 0; i < Math.max(before.size(), after.size()); i++) {
                        int number = delta.getSource().getPosition() + Math.min(i, before.size()) + 1;
                        lines.add(new Change.Difference("line " + number, lineAt(before, i), lineAt(after, i)));
                    }
                });
        return lines;
    }

    private static String lineAt(List<String> lines, int index) {
        return index < lines.size() ? lines.get(index).strip() : "";
    }

    private boolean isCurrent(String path) throws IOException {
        Path file = root.resolve(path);
        return Files.exists(file) && Arrays.equals(bytes(path), Files.readAllBytes(file));
    }

    private byte[] bytes(String path) {
        return generated.get(path).getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Writes the generated files and deletes obsolete ones.
     *
     * @param allowed those of {@link #changes()} that may be applied; only deletions are checked against it
     */
    void apply(List<Change> allowed) throws IOException {
        for (String path : List.copyOf(obsolete)) {
            if (allowed.contains(change(Change.Kind.DELETE, path, List.of()))) {
                Files.delete(root.resolve(path));
                obsolete.remove(path);
            }
        }
        updateList();
        for (String path : generated.keySet()) {
            if (!isCurrent(path)) {
                Path target = root.resolve(path);
                Files.createDirectories(target.getParent());
                Files.write(target, bytes(path));
            }
        }
    }
}
