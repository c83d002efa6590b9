package dev.ingot.run.recovery;

import dev.ingot.delta.TableVersion;
import dev.ingot.run.write.AuxiliaryTable;
import dev.ingot.state.BatchRecord;
import dev.ingot.state.CommittedBatch;
import dev.ingot.state.StateStore;
import java.util.List;

/** Completes batches whose run did not: settles or abandons them. */
public record BatchCompletion(StateStore store, List<AuxiliaryTable> auxiliaryTables) {

    /** Settles a batch whose commit landed. */
    public void settle(BatchRecord batch, String tableId, TableVersion landed) {
        store.settle(new CommittedBatch(batch, tableId, landed.number()));
    }

    /** Abandons a batch that is not in the table and never will be; repeatable after a crash in between. */
    public void abandon(BatchRecord batch) {
        store.abandon(batch);
        auxiliaryTables.forEach(table -> table.deleteBatch(batch));
        store.close(batch);
    }
}
