package dev.ingot.state;

import dev.ingot.names.TableId;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The plan of a rollback, recorded before it starts: a later command that finds it unfinished completes it.
 *
 * @param id the name of the rollback
 * @param what describes, for people, what is rolled back
 */
public record RollbackRecord(String id, String what, List<Step> steps) {

    private static final String PENDING = ".pending.json";
    private static final String DONE = ".done.json";

    /**
     * The rollback of one table.
     *
     * @param table as {@code layer.table}
     * @param from the version before the rollback
     * @param to the version to restore
     * @param runs whose batches are rolled back
     */
    public record Step(String table, String tableId, long from, long to, List<String> runs) {
        public Step {
            Objects.requireNonNull(table, "table");
            Objects.requireNonNull(tableId, "tableId");
            runs = List.copyOf(runs);
        }

        /** Returns the table's id. */
        public TableId id() {
            return TableId.parse(table).orElseThrow();
        }
    }

    public RollbackRecord {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(what, "what");
        steps = List.copyOf(steps);
    }

    /** Returns the rollbacks that started and have not completed. */
    public static List<RollbackRecord> pending(LakeFiles files, Lake lake) {
        return all(files, lake, PENDING);
    }

    /** Returns the completed rollbacks. */
    public static List<RollbackRecord> done(LakeFiles files, Lake lake) {
        return all(files, lake, DONE);
    }

    private static List<RollbackRecord> all(LakeFiles files, Lake lake, String suffix) {
        return files.list(lake.rollbacks()).stream()
                .filter(name -> name.endsWith(suffix))
                .map(name -> files.read(lake.rollbacks() + "/" + name))
                .flatMap(Optional::stream)
                .map(text -> Json.read(text, RollbackRecord.class))
                .toList();
    }

    /** Records the rollback: from now on it will be carried out. */
    public void begin(LakeFiles files, Lake lake) {
        files.create(lake.rollbacks() + "/" + id + PENDING, Json.write(this));
    }

    /** Records that the rollback has completed. */
    public void end(LakeFiles files, Lake lake) {
        files.write(lake.rollbacks() + "/" + id + DONE, Json.write(this));
        files.delete(lake.rollbacks() + "/" + id + PENDING);
    }

    /** Returns the user metadata for the RESTORE commits, by which they are recognized. */
    public String note() {
        return "{\"rollback\":" + Json.write(id) + "}";
    }
}
