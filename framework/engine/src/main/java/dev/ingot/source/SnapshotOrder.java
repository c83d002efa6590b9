package dev.ingot.source;

import dev.ingot.component.input.Input;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/** Files that are snapshots, or folders of them, applied one after the other in the order of their paths. */
enum SnapshotOrder {
    ONE_PER_FILE {
        @Override
        String of(Input.File file) {
            return file.path();
        }
    },
    ONE_PER_FOLDER {
        @Override
        String of(Input.File file) {
            return file.path().substring(0, file.path().lastIndexOf('/') + 1);
        }
    };

    /** The snapshot to which a file belongs. */
    abstract String of(Input.File file);

    /**
     * The files of the next snapshot; empty when there is none.
     *
     * @param fresh files that were not read
     * @param read files that were read
     * @param warnings is told of files that come too late to be applied in order
     */
    List<Input.File> next(List<Input.File> fresh, List<Input.File> read, Consumer<String> warnings) {
        TreeSet<String> applied = new TreeSet<>();
        read.forEach(file -> applied.add(of(file)));
        TreeMap<String, List<Input.File>> waiting = new TreeMap<>();
        for (Input.File file : fresh) {
            String snapshot = of(file);
            if (!applied.isEmpty() && snapshot.compareTo(applied.last()) <= 0) {
                warnings.accept("The file " + file.path() + " is not read: the snapshot " + applied.last()
                        + " was applied already, and snapshots are applied in the order of their paths.");
            } else {
                waiting.computeIfAbsent(snapshot, any -> new ArrayList<>()).add(file);
            }
        }
        return waiting.isEmpty()
                ? List.of()
                : List.copyOf(Objects.requireNonNull(waiting.firstEntry()).getValue());
    }
}
