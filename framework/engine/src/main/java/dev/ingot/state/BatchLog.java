package dev.ingot.state;

import dev.ingot.component.Cursor;
import dev.ingot.component.Input;
import dev.ingot.delta.Version;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A pipeline's batches.
 *
 * @param settled those whose commit is known, oldest first, from the newest refresh on
 * @param open those that were begun and whose end is not written down
 * @param next the number of the next new batch
 */
public record BatchLog(List<SettledBatch> settled, List<BatchRecord> open, long next) {

    public BatchLog {
        settled = sinceRefresh(settled.stream()
                .sorted(Comparator.comparingLong(each -> each.batch().number()))
                .toList());
        open = List.copyOf(open);
    }

    public Optional<SettledBatch> last() {
        return settled.isEmpty() ? Optional.empty() : Optional.of(settled.get(settled.size() - 1));
    }

    /** The settled batches that a RESTORE took back. */
    public List<SettledBatch> takenBack(List<Version> newestFirst) {
        return settled.stream()
                .filter(batch -> !counts(batch.version(), newestFirst))
                .toList();
    }

    /** The newest RESTORE of the table that is known; 0 when there was none. */
    public long restored(List<Version> history) {
        long recent = history.stream()
                .filter(version -> version.operation().equals("RESTORE"))
                .mapToLong(Version::number)
                .max()
                .orElse(0);
        return settled.stream().mapToLong(SettledBatch::restored).reduce(recent, Math::max);
    }

    /** What a source has been read for, oldest first, by the batches since the table was last rebuilt. */
    public Cursor cursor(String alias) {
        List<Input> inputs = new ArrayList<>();
        settled.forEach(batch -> {
            Input input = batch.batch().inputs().get(alias);
            if (input != null) {
                inputs.add(input);
            }
        });
        return new Cursor(inputs);
    }

    /** A refresh builds the table from everything, perhaps in a new table whose versions begin again. */
    private static List<SettledBatch> sinceRefresh(List<SettledBatch> ordered) {
        int start = 0;
        for (int i = 0; i < ordered.size(); i++) {
            if (ordered.get(i).batch().scope() == BatchRecord.Scope.REFRESH) {
                start = i;
            }
        }
        return ordered.subList(start, ordered.size());
    }

    /** Follows the restores from the newest version back: what was restored decides, not what came after it. */
    private static boolean counts(long version, List<Version> newestFirst) {
        long ceiling = Long.MAX_VALUE;
        for (Version each : newestFirst) {
            if (each.number() > ceiling || !each.operation().equals("RESTORE") || each.number() < version) {
                continue;
            }
            ceiling = restoredTo(each, newestFirst);
        }
        return version <= ceiling;
    }

    private static long restoredTo(Version restore, List<Version> newestFirst) {
        String version = restore.parameters().getOrDefault("version", "");
        if (version.matches("\\d+")) {
            return Long.parseLong(version);
        }
        String timestamp = restore.parameters().getOrDefault("timestamp", "");
        return newestFirst.stream()
                .filter(each -> each.number() < restore.number())
                .filter(each -> !each.timestamp().isAfter(RestoreTime.parse(timestamp)))
                .mapToLong(Version::number)
                .max()
                .orElse(0);
    }
}
