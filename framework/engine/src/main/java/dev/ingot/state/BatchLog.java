package dev.ingot.state;

import dev.ingot.component.Cursor;
import dev.ingot.component.Input;
import dev.ingot.delta.Version;
import dev.ingot.diagnostics.Code;
import dev.ingot.diagnostics.Diagnostic;
import dev.ingot.diagnostics.IngotException;
import dev.ingot.diagnostics.SourceSpan;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A pipeline's batches.
 *
 * @param settled those whose commit is known, oldest first, from the newest refresh on
 * @param open those that were begun and whose end is not written down
 * @param givenUp those that made no version, of which something may be left in the quarantine
 * @param next the number of the next new batch
 */
public record BatchLog(List<SettledBatch> settled, List<BatchRecord> open, List<BatchRecord> givenUp, long next) {

    public BatchLog {
        settled = sinceRefresh(settled.stream()
                .sorted(Comparator.comparingLong(each -> each.batch().number()))
                .toList());
        open = List.copyOf(open);
        givenUp = List.copyOf(givenUp);
    }

    /** The same, with the batches of one table only: those of an earlier one at the same address do not count. */
    public BatchLog ofTable(String tableId) {
        return new BatchLog(
                settled.stream()
                        .filter(batch -> batch.tableId().equals(tableId))
                        .toList(),
                open,
                givenUp,
                next);
    }

    public Optional<SettledBatch> last() {
        return settled.isEmpty() ? Optional.empty() : Optional.of(settled.get(settled.size() - 1));
    }

    /**
     * The settled batches that a RESTORE took back.
     *
     * @param newestFirst the whole history when there is a RESTORE in it
     * @throws IngotException when a RESTORE by a time does not tell to which version it went: Delta keeps the time as
     *     the clock of whoever restored showed it, without its zone
     */
    public List<SettledBatch> takenBack(List<Version> newestFirst) {
        List<SettledBatch> most = takenBack(newestFirst, RestoreTime.AHEAD_OF_UTC);
        List<SettledBatch> least = takenBack(newestFirst, RestoreTime.BEHIND_UTC);
        if (!most.equals(least)) {
            String pipeline = most.get(0).batch().pipeline();
            throw new IngotException(Diagnostic.error(
                    Code.ENV_RESTORE,
                    SourceSpan.of(pipeline),
                    "Cannot tell which batches of " + pipeline
                            + " a RESTORE took back: it names a time without a zone, and batches lie close to it",
                    "Restore the table once more, by the version that you mean: RESTORE TABLE ... TO VERSION AS OF n"));
        }
        return least;
    }

    private List<SettledBatch> takenBack(List<Version> newestFirst, ZoneOffset zone) {
        return settled.stream()
                .filter(batch -> !counts(batch.version(), newestFirst, zone))
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
    private boolean counts(long version, List<Version> newestFirst, ZoneOffset zone) {
        long met = restored(List.of());
        long ceiling = Long.MAX_VALUE;
        for (Version each : newestFirst) {
            boolean restore = each.operation().equals("RESTORE") && each.number() > met;
            if (restore && each.number() <= ceiling && each.number() >= version) {
                ceiling = restoredTo(each, newestFirst, zone);
            }
        }
        return version <= ceiling;
    }

    private static long restoredTo(Version restore, List<Version> newestFirst, ZoneOffset zone) {
        String version = restore.parameters().getOrDefault("version", "");
        if (version.matches("\\d+")) {
            return Long.parseLong(version);
        }
        String timestamp = restore.parameters().getOrDefault("timestamp", "");
        return newestFirst.stream()
                .filter(each -> each.number() < restore.number())
                .filter(each -> !each.timestamp().isAfter(RestoreTime.parse(timestamp, zone)))
                .mapToLong(Version::number)
                .max()
                .orElse(0);
    }
}
