package dev.ingot.state;

import dev.ingot.names.TableId;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What a rollback is going to do, written down before it does anything: whoever finds it unfinished does the rest.
 *
 * @param id names the rollback
 * @param what is taken back, in words
 */
public record RollbackRecord(String id, String what, List<Step> steps) {

    private static final String PENDING = ".pending.json";
    private static final String DONE = ".done.json";

    /**
     * One table of it.
     *
     * @param table as {@code layer.table}
     * @param from the version that the table had
     * @param to the version whose rows it is given again
     * @param runs whose batches are taken back
     */
    public record Step(String table, String tableId, long from, long to, List<String> runs) {
        public Step {
            Objects.requireNonNull(table, "table");
            Objects.requireNonNull(tableId, "tableId");
            runs = List.copyOf(runs);
        }

        /** The table's name. */
        public TableId id() {
            return TableId.parse(table).orElseThrow();
        }
    }

    public RollbackRecord {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(what, "what");
        steps = List.copyOf(steps);
    }

    /** The rollbacks that were begun and not brought to an end. */
    public static List<RollbackRecord> pending(LakeFiles files, Lake lake) {
        return all(files, lake, PENDING);
    }

    /** The rollbacks that were brought to an end. */
    public static List<RollbackRecord> done(LakeFiles files, Lake lake) {
        return all(files, lake, DONE);
    }

    private static List<RollbackRecord> all(LakeFiles files, Lake lake, String ending) {
        return files.list(lake.rollbacks()).stream()
                .filter(name -> name.endsWith(ending))
                .map(name -> files.read(lake.rollbacks() + "/" + name))
                .flatMap(Optional::stream)
                .map(text -> Json.read(text, RollbackRecord.class))
                .toList();
    }

    /** From now on the rollback will happen. */
    public void begin(LakeFiles files, Lake lake) {
        files.create(lake.rollbacks() + "/" + id + PENDING, Json.write(this));
    }

    /** Everything is done. */
    public void end(LakeFiles files, Lake lake) {
        files.write(lake.rollbacks() + "/" + id + DONE, Json.write(this));
        files.delete(lake.rollbacks() + "/" + id + PENDING);
    }

    /** What the RESTORE of a table carries in its commit, so that it is found again. */
    public String note() {
        return "{\"rollback\":" + Json.write(id) + "}";
    }
}
