package dev.ingot.state;

import dev.ingot.component.BatchCommit;
import dev.ingot.delta.TableVersion;
import dev.ingot.names.TableId;
import java.util.Objects;
import java.util.Optional;

/**
 * The user metadata of Ingot's commits: which batch of which pipeline, by which run. It identifies a commit whose
 * answer was lost.
 */
public record CommitMetadata(String ingot, String run, long batch) {

    public CommitMetadata {
        Objects.requireNonNull(ingot, "ingot");
        Objects.requireNonNull(run, "run");
    }

    /** Returns the metadata of a batch. */
    static CommitMetadata of(BatchRecord batch) {
        return new CommitMetadata(batch.pipeline(), batch.run(), batch.number());
    }

    /** Parses the user metadata of a version; empty when Ingot did not make it. */
    static Optional<CommitMetadata> in(TableVersion version) {
        return version.userMetadata()
                .filter(text -> text.startsWith("{\"ingot\""))
                .map(text -> Json.read(text, CommitMetadata.class));
    }

    /**
     * Returns the transaction pair and user metadata for the commit of a batch to a table.
     *
     * @param tableId the table's identity: a re-created table starts a new transaction sequence
     * @param restored the newest RESTORE, which also starts a new one: else Delta would skip what was rolled back
     */
    public static BatchCommit commit(TableId table, BatchRecord batch, String tableId, long restored) {
        String application = "ingot:" + table + ":" + tableId + ":" + restored;
        return new BatchCommit(application, batch.number(), Json.write(of(batch)));
    }

    /** Returns the user metadata for a commit that alters a table without changing rows; it belongs to no batch. */
    public static String ofAlteration(TableId table, String run) {
        return Json.write(new CommitMetadata(table.toString(), run, 0));
    }

    /** Returns whether a version alters a table without changing rows. */
    public static boolean isAlteration(TableVersion version) {
        return in(version).filter(metadata -> metadata.batch() == 0).isPresent();
    }

    /** Returns the run that made a version; empty when Ingot did not make it. */
    public static Optional<String> run(TableVersion version) {
        return in(version).map(CommitMetadata::run);
    }

    /** Returns the batch number of a version; empty when it is not a batch of Ingot. */
    public static Optional<Long> batch(TableVersion version) {
        return in(version).map(CommitMetadata::batch).filter(batch -> batch > 0);
    }

    /** Returns whether a version was made by a run. */
    public static boolean madeBy(String run, TableVersion version) {
        return in(version).filter(metadata -> metadata.run().equals(run)).isPresent();
    }

    /** Returns whether a version is the commit of a batch, in the attempt of the run in its record. */
    public static boolean isOf(BatchRecord batch, TableVersion version) {
        return in(version).filter(of(batch)::equals).isPresent();
    }

    /** Returns whether a version is the commit of a batch, in any run's attempt. */
    public static boolean isBatch(BatchRecord batch, TableVersion version) {
        return in(version)
                .filter(metadata -> metadata.ingot().equals(batch.pipeline()) && metadata.batch() == batch.number())
                .isPresent();
    }
}
