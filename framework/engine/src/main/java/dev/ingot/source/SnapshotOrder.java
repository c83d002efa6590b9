package dev.ingot.source;

import dev.ingot.component.input.Input;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/** Groups files into full snapshots, one per file or one per folder, and applies them in the order of their paths. */
enum SnapshotOrder {
    ONE_PER_FILE {
        @Override
        String snapshotOf(Input.File file) {
            return file.path();
        }
    },
    ONE_PER_FOLDER {
        @Override
        String snapshotOf(Input.File file) {
            return file.path().substring(0, file.path().lastIndexOf('/') + 1);
        }
    };

    /** Returns the path of the snapshot that a file belongs to. */
    abstract String snapshotOf(Input.File file);

    /**
     * Returns the files of the next snapshot; empty when none is left.
     *
     * @param unread files that were not read yet
     * @param read files that were read
     * @param warnings receives a warning for each file that arrives too late to be applied in order
     */
    List<Input.File> next(List<Input.File> unread, List<Input.File> read, Consumer<String> warnings) {
        TreeSet<String> applied = new TreeSet<>();
        read.forEach(file -> applied.add(snapshotOf(file)));
        TreeMap<String, List<Input.File>> pending = new TreeMap<>();
        for (Input.File file : unread) {
            String snapshot = snapshotOf(file);
            if (!applied.isEmpty() && snapshot.compareTo(applied.last()) <= 0) {
                warnings.accept("The file " + file.path() + " is not read: the snapshot " + applied.last()
                        + " was already applied, and snapshots are applied in the order of their paths.");
            } else {
                pending.computeIfAbsent(snapshot, any -> new ArrayList<>()).add(file);
            }
        }
        return pending.isEmpty()
                ? List.of()
                : List.copyOf(Objects.requireNonNull(pending.firstEntry()).getValue());
    }
}
