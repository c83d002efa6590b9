package dev.ingot.run.write;

/**
 * Where the rows of a batch went. The rows that came in are the sum of all the others.
 *
 * @param in rows that reached the rules, those that could not be parsed, and keys that vanished from the source
 * @param inserted rows added to the table
 * @param updated rows of the table that were replaced
 * @param deleted rows of the table that were removed: a row says so, or they vanished from the source
 * @param unchanged rows that the table has already
 * @param superseded rows that an older or a newer version of themselves makes void
 * @param dropped rows left out by a rule that says so
 * @param quarantined rows kept in the quarantine table instead
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

    /** The rows of two batches together. */
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

    /** Rows that the commit wrote. */
    public long written() {
        return inserted + updated + deleted;
    }
}
