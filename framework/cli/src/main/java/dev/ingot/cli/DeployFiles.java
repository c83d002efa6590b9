package dev.ingot.cli;

import dev.ingot.deploy.Change;
import dev.ingot.deploy.Declared;
import dev.ingot.diagnostics.Diagnostics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A platform's files as they lie in the project, and as they should. Their folder holds nothing else. */
final class DeployFiles {

    private final Path root;
    private final SortedMap<String, String> wanted;
    private final SortedMap<String, String> present;

    /**
     * The files of a platform.
     *
     * @param warnings takes what the platform does without
     * @throws dev.ingot.diagnostics.IngotException with everything that the platform cannot say
     */
    DeployFiles(Declared<?> declared, Diagnostics warnings) throws IOException {
        this.root = declared.deployment().plan().project().root();
        this.wanted = declared.files(warnings);
        this.present = read(root, declared.folder());
    }

    private static SortedMap<String, String> read(Path root, String folder) throws IOException {
        SortedMap<String, String> files = new TreeMap<>();
        if (Files.isDirectory(root.resolve(folder))) {
            try (Stream<Path> all = Files.walk(root.resolve(folder))) {
                for (Path file : all.filter(Files::isRegularFile).toList()) {
                    files.put(root.relativize(file).toString().replace('\\', '/'), Files.readString(file));
                }
            }
        }
        return files;
    }

    /** What writing would change. */
    List<Change> changes() {
        List<Change> changes = new ArrayList<>();
        wanted.forEach((path, text) -> {
            String before = present.get(path);
            if (!text.equals(before)) {
                changes.add(new Change(
                        before == null ? Change.Kind.CREATE : Change.Kind.UPDATE, "file " + path, List.of()));
            }
        });
        present.keySet().stream()
                .filter(path -> !wanted.containsKey(path))
                .forEach(path -> changes.add(new Change(Change.Kind.DELETE, "file " + path, List.of())));
        return changes;
    }

    /** Makes the folder what it should be. */
    void write() throws IOException {
        for (String path : present.keySet()) {
            if (!wanted.containsKey(path)) {
                Files.delete(root.resolve(path));
            }
        }
        for (var file : wanted.entrySet()) {
            if (!file.getValue().equals(present.get(file.getKey()))) {
                Path target = root.resolve(file.getKey());
                Files.createDirectories(target.getParent());
                Files.writeString(target, file.getValue());
            }
        }
    }
}
