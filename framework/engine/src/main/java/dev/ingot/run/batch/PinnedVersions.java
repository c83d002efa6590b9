package dev.ingot.run.batch;

import dev.ingot.component.input.PinnedTable;
import dev.ingot.delta.DeltaTables;
import dev.ingot.delta.TableSnapshot;
import dev.ingot.names.TableId;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.spark.sql.SparkSession;

/** Holds the table versions that a run reads: those at its start, and those that the run itself wrote since. */
public final class PinnedVersions {

    private final Map<TableId, PinnedTable> tables = new ConcurrentHashMap<>();

    public void pin(TableId table, TableSnapshot snapshot) {
        pin(table, new PinnedTable(snapshot.location(), snapshot.id(), snapshot.version()));
    }

    public void pin(TableId table, PinnedTable pinned) {
        tables.put(table, pinned);
    }

    /** Returns whether a table still has the pinned identity, and the pinned version in its history. */
    public static boolean isAvailable(SparkSession spark, PinnedTable pinned) {
        return DeltaTables.find(spark, pinned.location())
                .filter(snapshot -> snapshot.id().equals(pinned.tableId()) && snapshot.version() >= pinned.version())
                .isPresent();
    }

    public Optional<PinnedTable> find(TableId table) {
        return Optional.ofNullable(tables.get(table));
    }

    /** Returns all pinned versions, by {@code layer.table}. */
    public Map<String, PinnedTable> all() {
        Map<String, PinnedTable> named = new TreeMap<>();
        tables.forEach((table, pinned) -> named.put(table.toString(), pinned));
        return named;
    }
}
