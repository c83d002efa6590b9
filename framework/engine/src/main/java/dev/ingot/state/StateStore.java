package dev.ingot.state;

import dev.ingot.diagnostics.Code;
import dev.ingot.diagnostics.Diagnostic;
import dev.ingot.diagnostics.IngotException;
import dev.ingot.diagnostics.SourceSpan;
import dev.ingot.names.TableId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * The records of one pipeline's batches. Each is a file that never changes: {@code <number>-<run>.open} says what a
 * batch reads, {@code .settled} which version it made, {@code .abandoned} that it made none and never will. Beside them,
 * {@code <version>-<table id>.restore} says to which version a RESTORE of the table went.
 */
public final class StateStore {

    private static final String OPEN = ".open.json";
    private static final String SETTLED = ".settled.json";
    private static final String ABANDONED = ".abandoned.json";
    private static final String RESTORE = ".restore.json";

    private final LakeFiles files;
    private final String folder;
    private final TableId pipeline;

    public StateStore(LakeFiles files, Lake lake, TableId pipeline) {
        this.files = Objects.requireNonNull(files, "files");
        this.folder = lake.batches(pipeline);
        this.pipeline = pipeline;
    }

    /** Whose records they are. */
    public TableId pipeline() {
        return pipeline;
    }

    /** Everything that is known of the pipeline's batches. */
    public BatchLog load() {
        List<CommittedBatch> settled = new ArrayList<>();
        List<RestoreCommit> restores = new ArrayList<>();
        List<BatchRecord> open = new ArrayList<>();
        List<BatchRecord> givenUp = new ArrayList<>();
        long last = 0;
        List<String> names = files.list(folder);
        for (String name : names) {
            if (name.endsWith(RESTORE)) {
                read(name, RestoreCommit.class).ifPresent(restores::add);
                continue;
            }
            last = Math.max(last, Long.parseLong(name.substring(0, name.indexOf('-'))));
            if (name.endsWith(SETTLED)) {
                read(name, CommittedBatch.class).ifPresent(settled::add);
            }
            if (name.endsWith(OPEN) && names.contains(stem(name) + ABANDONED)) {
                read(name, BatchRecord.class).ifPresent(givenUp::add);
            } else if (name.endsWith(OPEN) && !names.contains(stem(name) + SETTLED)) {
                read(name, BatchRecord.class).ifPresent(open::add);
            }
        }
        return new BatchLog(settled, restores, open, givenUp, last + 1);
    }

    private static String stem(String open) {
        return open.substring(0, open.length() - OPEN.length());
    }

    /**
     * Fixes what a batch will read.
     *
     * @throws IngotException when another process of the same run has just begun a batch of this number
     */
    public void open(BatchRecord batch) {
        if (!files.create(name(batch, OPEN), Json.write(batch))) {
            throw new IngotException(Diagnostic.error(
                    Code.ENV_CONFLICT,
                    SourceSpan.of(batch.pipeline()),
                    "Cannot begin batch " + batch.number() + " of " + batch.pipeline()
                            + ": another process works on it as run " + batch.run(),
                    "Let one of the two end first, or give them different '--run-id's."));
        }
    }

    /** Writes down that a batch made a version. */
    public void settle(CommittedBatch settled) {
        files.write(name(settled.batch(), SETTLED), Json.write(settled));
        files.delete(name(settled.batch(), OPEN));
    }

    /** Writes down that a batch made no version and never will. Until it is {@link #close}d it may have left something. */
    public void abandon(BatchRecord batch) {
        files.write(name(batch, ABANDONED), Json.write(batch));
    }

    /** Says that nothing is left of an abandoned batch. */
    public void close(BatchRecord batch) {
        files.delete(name(batch, OPEN));
    }

    /** Writes down a RESTORE of the table. */
    public void restored(RestoreCommit restore) {
        files.write(
                folder + "/" + String.format(Locale.ROOT, "%08d", restore.version()) + "-" + restore.tableId()
                        + RESTORE,
                Json.write(restore));
    }

    /** A record; empty when a run at work has just replaced it. */
    private <T> Optional<T> read(String name, Class<T> type) {
        String address = folder + "/" + name;
        try {
            return files.read(address).map(text -> Json.read(text, type));
        } catch (IllegalArgumentException broken) {
            throw new IngotException(Diagnostic.error(
                    Code.ENV_STORAGE,
                    SourceSpan.of(address),
                    "Cannot read what an earlier batch has read: the record is damaged (" + broken.getMessage() + ")",
                    "Restore the file from a backup of the lake, or run the pipeline once with --full-refresh."));
        }
    }

    private String name(BatchRecord batch, String ending) {
        return folder + "/" + String.format(Locale.ROOT, "%08d", batch.number()) + "-" + Lake.fileName(batch.run())
                + ending;
    }
}
