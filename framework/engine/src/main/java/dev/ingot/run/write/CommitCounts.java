package dev.ingot.run.write;

import dev.ingot.delta.TableVersion;
import java.util.Map;
import java.util.function.LongSupplier;

/** Where the rows of a batch went, told from the figures of its commit. */
final class CommitCounts {

    private CommitCounts() {}

    /** Of rows that were added, or that replaced all others; where the table has keys, not every row is the newest. */
    static RowCounts ofAppended(TableVersion version, long in, long dropped, long quarantined) {
        long inserted = version.metric("numOutputRows");
        long superseded = in - dropped - quarantined - inserted;
        return new RowCounts(in, inserted, 0, 0, 0, superseded, dropped, quarantined);
    }

    /**
     * Of rows that were merged.
     *
     * @param asWanted counts the changes that the table now shows; asked only when not all of them can have done something
     */
    static RowCounts ofMerged(TableVersion version, long in, long dropped, long quarantined, LongSupplier asWanted) {
        long inserted = version.metric("numTargetRowsInserted");
        long updated = version.metric("numTargetRowsUpdated");
        long deleted = version.metric("numTargetRowsDeleted");
        boolean some = version.metric("numSourceRows") > inserted + updated + deleted;
        long unchanged = some ? asWanted.getAsLong() - inserted - updated - deleted : 0;
        long superseded = in - dropped - quarantined - inserted - updated - deleted - unchanged;
        return new RowCounts(in, inserted, updated, deleted, unchanged, superseded, dropped, quarantined);
    }

    /**
     * Of events whose effect on a history is known.
     *
     * @param effects how many events did what: inserted, updated, deleted or unchanged
     */
    static RowCounts ofEvents(Map<String, Long> effects, long in, long dropped, long quarantined) {
        long inserted = effects.getOrDefault("inserted", 0L);
        long updated = effects.getOrDefault("updated", 0L);
        long deleted = effects.getOrDefault("deleted", 0L);
        long unchanged = effects.getOrDefault("unchanged", 0L);
        long superseded = in - dropped - quarantined - inserted - updated - deleted - unchanged;
        return new RowCounts(in, inserted, updated, deleted, unchanged, superseded, dropped, quarantined);
    }
}
