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

/**
 * The records of one pipeline's batches. Each is a file that never changes: {@code <number>-<run>.open} says what a
 * batch reads, {@code .settled} which version it made, {@code .abandoned} that it made none and never will.
 */
public final class StateStore {

    private static final String OPEN = ".open.json";
    private static final String SETTLED = ".settled.json";
    private static final String ABANDONED = ".abandoned.json";

    private final LakeFiles files;
    private final String folder;

    public StateStore(LakeFiles files, Lake lake, TableId pipeline) {
        this.files = Objects.requireNonNull(files, "files");
        this.folder = lake.batches(pipeline);
    }

    /** Everything that is known of the pipeline's batches. */
    public BatchLog load() {
        List<SettledBatch> settled = new ArrayList<>();
        List<BatchRecord> open = new ArrayList<>();
        long last = 0;
        List<String> names = files.list(folder);
        for (String name : names) {
            last = Math.max(last, Long.parseLong(name.substring(0, name.indexOf('-'))));
            if (name.endsWith(SETTLED)) {
                settled.add(read(name, SettledBatch.class));
            }
            String stem = name.substring(0, name.length() - OPEN.length());
            boolean ended = names.contains(stem + SETTLED) || names.contains(stem + ABANDONED);
            if (name.endsWith(OPEN) && !ended) {
                open.add(read(name, BatchRecord.class));
            }
        }
        return new BatchLog(settled, open, last + 1);
    }

    /** Fixes what a batch will read. */
    public void open(BatchRecord batch) {
        files.write(name(batch, OPEN), Json.write(batch));
    }

    /** Writes down that a batch made a version. */
    public void settle(SettledBatch settled) {
        files.write(name(settled.batch(), SETTLED), Json.write(settled));
        files.delete(name(settled.batch(), OPEN));
    }

    /** Writes down that a batch made no version and never will. */
    public void abandon(BatchRecord batch) {
        files.write(name(batch, ABANDONED), Json.write(batch));
        files.delete(name(batch, OPEN));
    }

    /** Takes a settled batch back, because the table was restored to a version before it. */
    public void retract(SettledBatch settled) {
        files.write(name(settled.batch(), ABANDONED), Json.write(settled.batch()));
        files.delete(name(settled.batch(), SETTLED));
    }

    private <T> T read(String name, Class<T> type) {
        String address = folder + "/" + name;
        try {
            return Json.read(files.read(address).orElse(""), type);
        } catch (IllegalArgumentException broken) {
            throw new IngotException(Diagnostic.error(
                    Code.ENV_STORAGE,
                    SourceSpan.of(address),
                    "Cannot read what an earlier batch has read: the record is damaged (" + broken.getMessage() + ")",
                    "Restore the file from a backup of the lake, or run the pipeline once with --full-refresh."));
        }
    }

    private String name(BatchRecord batch, String ending) {
        return folder + "/" + String.format(Locale.ROOT, "%08d", batch.number()) + "-" + batch.run() + ending;
    }
}
