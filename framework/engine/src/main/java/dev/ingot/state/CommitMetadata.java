package dev.ingot.state;

import dev.ingot.component.BatchCommit;
import dev.ingot.delta.TableVersion;
import dev.ingot.names.TableId;
import java.util.Objects;
import java.util.Optional;

/**
 * What Ingot writes into the user metadata of its commits: which batch of which pipeline, by which run. This is how a
 * commit is found again after its answer was lost.
 */
public record CommitMetadata(String ingot, String run, long batch) {

    public CommitMetadata {
        Objects.requireNonNull(ingot, "ingot");
        Objects.requireNonNull(run, "run");
    }

    /** The note of a batch. */
    static CommitMetadata of(BatchRecord batch) {
        return new CommitMetadata(batch.pipeline(), batch.run(), batch.number());
    }

    /** The note in a version's metadata, if it is one of ours. */
    static Optional<CommitMetadata> in(TableVersion version) {
        return version.userMetadata()
                .filter(text -> text.startsWith("{\"ingot\""))
                .map(text -> Json.read(text, CommitMetadata.class));
    }

    /**
     * What the commit of a batch to a table carries.
     *
     * @param tableId the table's identity: a re-created one starts afresh
     * @param restored the newest RESTORE: it opens a new count, or Delta would skip what was rolled back
     */
    public static BatchCommit commit(TableId table, BatchRecord batch, String tableId, long restored) {
        String application = "ingot:" + table + ":" + tableId + ":" + restored;
        return new BatchCommit(application, batch.number(), Json.write(of(batch)));
    }

    /** What a commit of a run carries that alters a table and none of its rows; it belongs to no batch. */
    public static String ofAlteration(TableId table, String run) {
        return Json.write(new CommitMetadata(table.toString(), run, 0));
    }

    /** Whether a version alters a table and none of its rows. */
    public static boolean isAlteration(TableVersion version) {
        return in(version).filter(note -> note.batch() == 0).isPresent();
    }

    /** The run that made a version, if Ingot did. */
    public static Optional<String> run(TableVersion version) {
        return in(version).map(CommitMetadata::run);
    }

    /** The batch that a version is, if Ingot made it. */
    public static Optional<Long> batch(TableVersion version) {
        return in(version).map(CommitMetadata::batch).filter(batch -> batch > 0);
    }

    /** Whether a version was made by a run. */
    public static boolean madeBy(String run, TableVersion version) {
        return in(version).filter(note -> note.run().equals(run)).isPresent();
    }

    /** Whether a version is a batch, in the attempt of the run that its record names. */
    public static boolean isOf(BatchRecord batch, TableVersion version) {
        return in(version).filter(of(batch)::equals).isPresent();
    }

    /** Whether a version is a batch, whichever run's attempt made it. */
    public static boolean isBatch(BatchRecord batch, TableVersion version) {
        return in(version)
                .filter(note -> note.ingot().equals(batch.pipeline()) && note.batch() == batch.number())
                .isPresent();
    }
}
