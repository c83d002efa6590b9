package dev.ingot.run.recovery;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ingot.component.input.Input;
import dev.ingot.component.input.PinnedTable;
import dev.ingot.delta.TableSnapshot;
import dev.ingot.names.TableId;
import dev.ingot.state.BatchLog;
import dev.ingot.state.BatchRecord;
import dev.ingot.state.CommittedBatch;
import dev.ingot.state.RefreshMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What a rollback takes along, on plain records. A table's name stands for its identity too. */
class RollbackClosureTest {

    private final Map<String, List<CommittedBatch>> batches = new TreeMap<>();
    private final Map<CommittedBatch, Long> quarantined = new LinkedHashMap<>();

    @Test
    void takesLaterBatchesOfTheSameTable() {
        batch("bronze.a", "run1", 1);
        CommittedBatch second = batch("bronze.a", "run2", 2);
        CommittedBatch third = batch("bronze.a", "run3", 3);

        RollbackClosure closure = closure(true, second);

        assertEquals(List.of(second, third), List.copyOf(closure.batches()));
        assertEquals(Map.of(third, "wrote to the table later (version 3)"), closure.reasons());
    }

    @Test
    void takesBatchesThatReadAVersionWhichIsTakenBack() {
        CommittedBatch raw = batch("bronze.a", "run1", 1);
        CommittedBatch read = batch("silver.b", "run2", 1, snapshot("bronze.a", 1));
        batch("silver.c", "run2b", 1, snapshot("bronze.a", 0));

        RollbackClosure closure = closure(true, raw);

        assertEquals(List.of(raw, read), List.copyOf(closure.batches()));
        assertEquals(Map.of(read, "read version 1 of bronze.a"), closure.reasons());
    }

    @Test
    void takesReadersOfReaders() {
        CommittedBatch raw = batch("bronze.a", "run1", 1);
        CommittedBatch silver = batch("silver.b", "run2", 1, snapshot("bronze.a", 1));
        CommittedBatch gold = batch("gold.c", "run3", 1, snapshot("silver.b", 1));

        assertEquals(List.of(raw, silver, gold), List.copyOf(closure(true, raw).batches()));
    }

    @Test
    void takesWholeRunsUnlessOneTableGoesBack() {
        CommittedBatch one = batch("bronze.a", "run1", 1);
        CommittedBatch other = batch("bronze.b", "run1", 1);

        assertEquals(List.of(one, other), List.copyOf(closure(true, one).batches()));
        assertEquals(
                Map.of(other, "belongs to the same run"), closure(true, one).reasons());
        assertEquals(List.of(one), List.copyOf(closure(false, one).batches()));
    }

    @Test
    void takesReadersOfTheQuarantine() {
        CommittedBatch raw = batch("bronze.a", "run1", 1);
        quarantined.put(raw, 4L);
        CommittedBatch reader = batch("silver.rejected", "run2", 1, snapshot("bronze.a_quarantine", 4));
        batch("silver.earlier", "run3", 1, snapshot("bronze.a_quarantine", 3));

        RollbackClosure closure = closure(true, raw);

        assertEquals(List.of(raw, reader), List.copyOf(closure.batches()));
        assertEquals(Map.of(reader, "read version 4 of bronze.a_quarantine"), closure.reasons());
    }

    @Test
    void takesNothingThatIsIndependent() {
        CommittedBatch one = batch("bronze.a", "run1", 2);
        batch("bronze.a", "run0", 1);
        batch("bronze.b", "run2", 1);

        assertEquals(List.of(one), List.copyOf(closure(true, one).batches()));
        assertEquals(Map.of(), closure(true, one).reasons());
    }

    private RollbackClosure closure(boolean wholeRuns, CommittedBatch... first) {
        List<Ledger.Account> accounts = new ArrayList<>();
        batches.forEach((table, log) -> accounts.add(new Ledger.Account(
                TableId.parse(table).orElseThrow(),
                new TableSnapshot(table, table, 9, Map.of()),
                new BatchLog(log, List.of(), List.of(), List.of(), log.size() + 1),
                table + "_quarantine")));
        RollbackClosure closure =
                new RollbackClosure(accounts, batch -> Optional.ofNullable(quarantined.get(batch)), wholeRuns);
        closure.add(List.of(first));
        return closure;
    }

    private CommittedBatch batch(String table, String run, long version, Input... inputs) {
        Map<String, Input> read = new LinkedHashMap<>();
        for (Input input : inputs) {
            read.put("source" + read.size(), input);
        }
        BatchRecord record = new BatchRecord(
                version,
                table,
                run,
                "2026-01-02",
                "2026-01-02T00:00:00Z",
                "fingerprint",
                RefreshMode.INCREMENTAL,
                read,
                Map.<String, PinnedTable>of());
        CommittedBatch batch = new CommittedBatch(record, table, version);
        batches.computeIfAbsent(table, key -> new ArrayList<>()).add(batch);
        return batch;
    }

    private static Input snapshot(String table, long version) {
        return new Input.Snapshot(table, table, version);
    }
}
