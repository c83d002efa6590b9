package dev.ingot.state;

import dev.ingot.component.input.Cursor;
import dev.ingot.component.input.Input;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * A pipeline's batches, and the RESTOREs of its table. No batch is ever removed: the RESTOREs determine which batches
 * are effective, so a batch undone by one RESTORE can become effective again through another.
 *
 * @param settled batches whose commit is recorded, oldest first, effective or not
 * @param restores newest first
 * @param open batches that started and whose outcome is not recorded
 * @param abandoned batches that made no version, and may have left rows in the quarantine
 * @param next the number of the next new batch
 */
public record BatchLog(
        List<CommittedBatch> settled,
        List<RestoreCommit> restores,
        List<BatchRecord> open,
        List<BatchRecord> abandoned,
        long next) {

    public BatchLog {
        settled = settled.stream()
                .sorted(Comparator.comparingLong(each -> each.batch().number()))
                .toList();
        restores = restores.stream()
                .sorted(Comparator.comparingLong(RestoreCommit::version).reversed())
                .toList();
        open = List.copyOf(open);
        abandoned = List.copyOf(abandoned);
    }

    /** Returns a copy with the batches of one table only, without those of an earlier table at the same path. */
    public BatchLog ofTable(String tableId) {
        return new BatchLog(
                settled.stream()
                        .filter(batch -> batch.tableId().equals(tableId))
                        .toList(),
                restores.stream()
                        .filter(restore -> restore.tableId().equals(tableId))
                        .toList(),
                open,
                abandoned,
                next);
    }

    /** Returns a copy with more RESTOREs; those already known are unchanged. */
    public BatchLog withRestores(List<RestoreCommit> more) {
        Stream<RestoreCommit> added = more.stream()
                .filter(restore -> restores.stream()
                        .noneMatch(known ->
                                known.tableId().equals(restore.tableId()) && known.version() == restore.version()));
        return new BatchLog(settled, Stream.concat(restores.stream(), added).toList(), open, abandoned, next);
    }

    /** Returns the batches that no RESTORE undid, oldest first. */
    public List<CommittedBatch> notRolledBack() {
        return settled.stream()
                .filter(batch -> isNotRolledBack(batch.tableId(), batch.version()))
                .toList();
    }

    /** Returns the effective batches, whose rows the table holds: oldest first, from the newest full refresh on. */
    public List<CommittedBatch> effective() {
        List<CommittedBatch> batches = notRolledBack();
        int start = 0;
        for (int i = 0; i < batches.size(); i++) {
            if (batches.get(i).batch().refreshMode() == RefreshMode.FULL) {
                start = i;
            }
        }
        return batches.subList(start, batches.size());
    }

    /** Returns the effective batches that a run started. */
    public List<CommittedBatch> ofRun(String run) {
        return effective().stream()
                .filter(batch -> batch.batch().run().equals(run))
                .toList();
    }

    /** Returns the newest effective batch. */
    public Optional<CommittedBatch> last() {
        List<CommittedBatch> effective = effective();
        return effective.isEmpty() ? Optional.empty() : Optional.of(effective.get(effective.size() - 1));
    }

    /** Returns whether no RESTORE undid a version, or only one that was itself undone. */
    public boolean isNotRolledBack(String tableId, long version) {
        long ceiling = Long.MAX_VALUE;
        for (RestoreCommit restore : restores) {
            boolean ofTable = restore.tableId().equals(tableId);
            if (ofTable && restore.version() <= ceiling && restore.version() >= version) {
                ceiling = restore.to();
            }
        }
        return version <= ceiling;
    }

    /** Returns the newest version of all batches and RESTOREs; 0 when there is none. */
    public long newestRecordedVersion() {
        return LongStream.concat(settled.stream().mapToLong(CommittedBatch::version), LongStream.of(newestRestore()))
                .max()
                .orElse(0);
    }

    /** Returns the version of the newest RESTORE; 0 when there is none. */
    public long newestRestore() {
        return restores.isEmpty() ? 0 : restores.get(0).version();
    }

    /** Returns what the effective batches have read from a source, oldest first. */
    public Cursor cursor(String alias) {
        List<Input> inputs = new ArrayList<>();
        effective().forEach(batch -> {
            Input input = batch.batch().inputs().get(alias);
            if (input != null) {
                inputs.add(input);
            }
        });
        return new Cursor(inputs);
    }
}
