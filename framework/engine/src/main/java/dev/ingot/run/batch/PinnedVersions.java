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

/** The versions that a run sees: those of its beginning, and those that the run itself made since. */
public final class PinnedVersions {

    private final Map<TableId, PinnedTable> tables = new ConcurrentHashMap<>();

    public void pin(TableId table, TableSnapshot head) {
        pin(table, new PinnedTable(head.location(), head.id(), head.version()));
    }

    public void pin(TableId table, PinnedTable pinned) {
        tables.put(table, pinned);
    }

    /** Whether a table is still the one that was pinned, with the version that was. */
    public static boolean isThere(SparkSession spark, PinnedTable pinned) {
        return DeltaTables.find(spark, pinned.location())
                .filter(head -> head.id().equals(pinned.tableId()) && head.version() >= pinned.version())
                .isPresent();
    }

    public Optional<PinnedTable> find(TableId table) {
        return Optional.ofNullable(tables.get(table));
    }

    /** All of them, by {@code layer.table}. */
    public Map<String, PinnedTable> all() {
        Map<String, PinnedTable> named = new TreeMap<>();
        tables.forEach((table, pinned) -> named.put(table.toString(), pinned));
        return named;
    }
}
