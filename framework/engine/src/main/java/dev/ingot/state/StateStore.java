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
 * Stores the records of one pipeline's batches. Each is an immutable file: {@code <number>-<run>.open} is the
 * write-ahead record of what a batch reads, {@code .settled} adds the version it made, {@code .abandoned} means that it
 * made none and never will. Next to them, {@code <version>-<table id>.restore} records to which version the table was
 * restored.
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

    /** Returns the pipeline whose records are stored. */
    public TableId pipeline() {
        return pipeline;
    }

    /** Loads all records of the pipeline's batches. */
    public BatchLog load() {
        List<CommittedBatch> settled = new ArrayList<>();
        List<RestoreCommit> restores = new ArrayList<>();
        List<BatchRecord> open = new ArrayList<>();
        List<BatchRecord> abandoned = new ArrayList<>();
        long newest = 0;
        List<String> names = files.list(folder);
        for (String name : names) {
            if (name.endsWith(RESTORE)) {
                read(name, RestoreCommit.class).ifPresent(restores::add);
                continue;
            }
            newest = Math.max(newest, Long.parseLong(name.substring(0, name.indexOf('-'))));
            if (name.endsWith(SETTLED)) {
                read(name, CommittedBatch.class).ifPresent(settled::add);
            }
            if (name.endsWith(OPEN) && names.contains(stem(name) + ABANDONED)) {
                read(name, BatchRecord.class).ifPresent(abandoned::add);
            } else if (name.endsWith(OPEN) && !names.contains(stem(name) + SETTLED)) {
                read(name, BatchRecord.class).ifPresent(open::add);
            }
        }
        return new BatchLog(settled, restores, open, abandoned, newest + 1);
    }

    private static String stem(String open) {
        return open.substring(0, open.length() - OPEN.length());
    }

    /**
     * Records what a batch will read.
     *
     * @throws IngotException when another process of the same run has just started a batch with this number
     */
    public void open(BatchRecord batch) {
        if (!files.create(name(batch, OPEN), Json.write(batch))) {
            throw new IngotException(Diagnostic.error(
                    Code.ENV_CONFLICT,
                    SourceSpan.of(batch.pipeline()),
                    "Cannot start batch " + batch.number() + " of " + batch.pipeline()
                            + ": another process is working on it as run " + batch.run(),
                    "Wait until one of the two ends, or give them different '--run-id's."));
        }
    }

    /** Records that a batch made a version. */
    public void settle(CommittedBatch settled) {
        files.write(name(settled.batch(), SETTLED), Json.write(settled));
        files.delete(name(settled.batch(), OPEN));
    }

    /** Records that a batch made no version and never will. Until {@link #close}, it may have left rows to clean up. */
    public void abandon(BatchRecord batch) {
        files.write(name(batch, ABANDONED), Json.write(batch));
    }

    /** Records that an abandoned batch is cleaned up. */
    public void close(BatchRecord batch) {
        files.delete(name(batch, OPEN));
    }

    /** Records a RESTORE of the table. */
    public void restored(RestoreCommit restore) {
        files.write(
                folder + "/" + String.format(Locale.ROOT, "%08d", restore.version()) + "-" + restore.tableId()
                        + RESTORE,
                Json.write(restore));
    }

    /** Reads a record; empty when a running process has just replaced it. */
    private <T> Optional<T> read(String name, Class<T> type) {
        String address = folder + "/" + name;
        try {
            return files.read(address).map(text -> Json.read(text, type));
        } catch (IllegalArgumentException damaged) {
            throw new IngotException(Diagnostic.error(
                    Code.ENV_STORAGE,
                    SourceSpan.of(address),
                    "Cannot load the state of an earlier batch: its record is damaged (" + damaged.getMessage() + ")",
                    "Restore the file from a backup of the lake, or run the pipeline once with --full-refresh."));
        }
    }

    private String name(BatchRecord batch, String suffix) {
        return folder + "/" + String.format(Locale.ROOT, "%08d", batch.number()) + "-" + Lake.fileName(batch.run())
                + suffix;
    }
}
