package dev.ingot.run.recovery;

import dev.ingot.delta.TableVersion;
import dev.ingot.run.write.AuxiliaryTable;
import dev.ingot.state.BatchRecord;
import dev.ingot.state.CommittedBatch;
import dev.ingot.state.StateStore;
import java.util.List;

/** Brings batches to an end that the run which began them did not reach. */
public record BatchCompletion(StateStore store, List<AuxiliaryTable> companions) {

    /** Of a batch that is in the table. */
    public void settle(BatchRecord batch, String tableId, TableVersion landed) {
        store.settle(new CommittedBatch(batch, tableId, landed.number()));
    }

    /** Of a batch that is not in the table and never will be. What dies half-way is given up again. */
    public void giveUp(BatchRecord batch) {
        store.abandon(batch);
        companions.forEach(companion -> companion.withdraw(batch));
        store.close(batch);
    }
}
