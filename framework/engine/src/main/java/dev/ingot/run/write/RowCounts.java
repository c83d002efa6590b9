package dev.ingot.run.write;

import dev.ingot.delta.TableVersion;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Counts where the rows of a batch went: {@code in} is the sum of all others. The numbers come from the metrics of the
 * commit.
 *
 * @param in rows that reached the rules, those that could not be parsed, and keys that the source deleted
 * @param inserted rows added to the table
 * @param updated rows of the table that were replaced
 * @param deleted rows of the table that were removed, by a delete event or because the source no longer has them
 * @param unchanged rows that the table has already
 * @param superseded older or duplicate versions of a row
 * @param dropped rows left out by a rule with {@code on_violation: drop}
 * @param quarantined rows written to the quarantine table instead
 */
public record RowCounts(
        long in,
        long inserted,
        long updated,
        long deleted,
        long unchanged,
        long superseded,
        long dropped,
        long quarantined) {

    /** No rows at all. */
    public static final RowCounts NONE = new RowCounts(0, 0, 0, 0, 0, 0, 0, 0);

    /** Returns the counts of a commit that appended rows or replaced all others. */
    static RowCounts ofAppend(TableVersion version, long in, long dropped, long quarantined) {
        return of(in, version.metric("numOutputRows"), 0, 0, 0, dropped, quarantined);
    }

    /**
     * Returns the counts of a MERGE.
     *
     * @param applied counts the changes that the table now shows; called only when some changes had no effect
     */
    static RowCounts ofMerge(TableVersion version, long in, long dropped, long quarantined, LongSupplier applied) {
        long inserted = version.metric("numTargetRowsInserted");
        long updated = version.metric("numTargetRowsUpdated");
        long deleted = version.metric("numTargetRowsDeleted");
        boolean some = version.metric("numSourceRows") > inserted + updated + deleted;
        long unchanged = some ? applied.getAsLong() - inserted - updated - deleted : 0;
        return of(in, inserted, updated, deleted, unchanged, dropped, quarantined);
    }

    /**
     * Returns the counts of events that were written into a history.
     *
     * @param effects the number of events by effect: inserted, updated, deleted or unchanged
     */
    static RowCounts ofEvents(Map<String, Long> effects, long in, long dropped, long quarantined) {
        return of(
                in,
                effects.getOrDefault("inserted", 0L),
                effects.getOrDefault("updated", 0L),
                effects.getOrDefault("deleted", 0L),
                effects.getOrDefault("unchanged", 0L),
                dropped,
                quarantined);
    }

    private static RowCounts of(
            long in, long inserted, long updated, long deleted, long unchanged, long dropped, long quarantined) {
        long superseded = in - dropped - quarantined - inserted - updated - deleted - unchanged;
        return new RowCounts(in, inserted, updated, deleted, unchanged, superseded, dropped, quarantined);
    }

    /** Adds the counts of another batch. */
    public RowCounts plus(RowCounts other) {
        return new RowCounts(
                in + other.in,
                inserted + other.inserted,
                updated + other.updated,
                deleted + other.deleted,
                unchanged + other.unchanged,
                superseded + other.superseded,
                dropped + other.dropped,
                quarantined + other.quarantined);
    }

    /** Returns the number of rows that the commit changed. */
    public long written() {
        return inserted + updated + deleted;
    }
}
