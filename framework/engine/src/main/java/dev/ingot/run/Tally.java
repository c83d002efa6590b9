package dev.ingot.run;

import dev.ingot.delta.Version;
import java.util.function.LongSupplier;

/** Where the rows of a batch went, told from the figures of its commit. */
final class Tally {

    private Tally() {}

    /** Of rows that were added, or that replaced all others; where the table has keys, not every row is the newest. */
    static Counts ofAppended(Version version, long in, long dropped, long quarantined) {
        long inserted = version.metric("numOutputRows");
        long superseded = in - dropped - quarantined - inserted;
        return new Counts(in, inserted, 0, 0, 0, superseded, dropped, quarantined);
    }

    /**
     * Of rows that were merged.
     *
     * @param asWritten counts the rows of the batch that the table now holds just so; asked only when it can matter
     */
    static Counts ofMerged(Version version, long in, long dropped, long quarantined, LongSupplier asWritten) {
        long inserted = version.metric("numTargetRowsInserted");
        long updated = version.metric("numTargetRowsUpdated");
        long deleted = version.metric("numTargetRowsDeleted");
        boolean some = version.metric("numSourceRows") > inserted + updated + deleted;
        long unchanged = some ? asWritten.getAsLong() - inserted - updated : 0;
        long superseded = in - dropped - quarantined - inserted - updated - unchanged;
        return new Counts(in, inserted, updated, deleted, unchanged, superseded, dropped, quarantined);
    }
}
