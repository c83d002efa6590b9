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
 * A pipeline's batches, and the RESTOREs of its table. Nothing of it is ever forgotten: which batches count follows from
 * the RESTOREs, so that one taken back by a RESTORE counts again after another.
 *
 * @param settled those whose commit is known, oldest first, whether they count or not
 * @param restores newest first
 * @param open those that were begun and whose end is not written down
 * @param givenUp those that made no version, of which something may be left in the quarantine
 * @param next the number of the next new batch
 */
public record BatchLog(
        List<CommittedBatch> settled,
        List<RestoreCommit> restores,
        List<BatchRecord> open,
        List<BatchRecord> givenUp,
        long next) {

    public BatchLog {
        settled = settled.stream()
                .sorted(Comparator.comparingLong(each -> each.batch().number()))
                .toList();
        restores = restores.stream()
                .sorted(Comparator.comparingLong(RestoreCommit::version).reversed())
                .toList();
        open = List.copyOf(open);
        givenUp = List.copyOf(givenUp);
    }

    /** The same, with the batches of one table only: those of an earlier one at the same address do not count. */
    public BatchLog ofTable(String tableId) {
        return new BatchLog(
                settled.stream()
                        .filter(batch -> batch.tableId().equals(tableId))
                        .toList(),
                restores.stream()
                        .filter(restore -> restore.tableId().equals(tableId))
                        .toList(),
                open,
                givenUp,
                next);
    }

    /** The same, after more RESTOREs; those known already stay as they are. */
    public BatchLog and(List<RestoreCommit> more) {
        Stream<RestoreCommit> added = more.stream()
                .filter(restore -> restores.stream()
                        .noneMatch(known ->
                                known.tableId().equals(restore.tableId()) && known.version() == restore.version()));
        return new BatchLog(settled, Stream.concat(restores.stream(), added).toList(), open, givenUp, next);
    }

    /** The batches that no RESTORE took back, oldest first. */
    public List<CommittedBatch> standing() {
        return settled.stream()
                .filter(batch -> stands(batch.tableId(), batch.version()))
                .toList();
    }

    /** The batches whose rows the table holds, oldest first, from the newest refresh on. */
    public List<CommittedBatch> counting() {
        List<CommittedBatch> standing = standing();
        int start = 0;
        for (int i = 0; i < standing.size(); i++) {
            if (standing.get(i).batch().refreshMode() == RefreshMode.FULL) {
                start = i;
            }
        }
        return standing.subList(start, standing.size());
    }

    /** Those of the batches that count which a run began. */
    public List<CommittedBatch> by(String run) {
        return counting().stream()
                .filter(batch -> batch.batch().run().equals(run))
                .toList();
    }

    /** The newest batch that counts. */
    public Optional<CommittedBatch> last() {
        List<CommittedBatch> counting = counting();
        return counting.isEmpty() ? Optional.empty() : Optional.of(counting.get(counting.size() - 1));
    }

    /** Whether what a version did is still in the table: no RESTORE, or one that was itself taken back, undid it. */
    public boolean stands(String tableId, long version) {
        long ceiling = Long.MAX_VALUE;
        for (RestoreCommit restore : restores) {
            boolean ofTable = restore.tableId().equals(tableId);
            if (ofTable && restore.version() <= ceiling && restore.version() >= version) {
                ceiling = restore.to();
            }
        }
        return version <= ceiling;
    }

    /** The newest version that is spoken of here; 0 when there is none. */
    public long known() {
        return LongStream.concat(settled.stream().mapToLong(CommittedBatch::version), LongStream.of(restored()))
                .max()
                .orElse(0);
    }

    /** The newest RESTORE; 0 when there was none. */
    public long restored() {
        return restores.isEmpty() ? 0 : restores.get(0).version();
    }

    /** What a source has been read for, oldest first, by the batches that count. */
    public Cursor cursor(String alias) {
        List<Input> inputs = new ArrayList<>();
        counting().forEach(batch -> {
            Input input = batch.batch().inputs().get(alias);
            if (input != null) {
                inputs.add(input);
            }
        });
        return new Cursor(inputs);
    }
}
