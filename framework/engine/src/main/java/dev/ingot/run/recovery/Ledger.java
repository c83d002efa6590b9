package dev.ingot.run.recovery;

import dev.ingot.delta.DeltaTables;
import dev.ingot.delta.TableSnapshot;
import dev.ingot.delta.TableVersion;
import dev.ingot.diagnostics.SourceSpan;
import dev.ingot.names.TableId;
import dev.ingot.run.write.AuxiliaryTable;
import dev.ingot.state.BatchLog;
import dev.ingot.state.BatchRecord;
import dev.ingot.state.CommitLookup;
import dev.ingot.state.CommitMetadata;
import dev.ingot.state.CommittedBatch;
import dev.ingot.state.Lake;
import dev.ingot.state.LakeFiles;
import dev.ingot.state.RefreshMode;
import dev.ingot.state.StateStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.spark.sql.SparkSession;

/** The batches of every pipeline of a lake, whether it is still declared or not, in agreement with the tables. */
public final class Ledger {

    private final SparkSession spark;
    private final LakeFiles files;
    private final Lake lake;
    private final Consumer<String> warnings;
    private final Map<TableId, Account> accounts = new TreeMap<>();

    /**
     * The batches of one pipeline.
     *
     * @param log of the table that is there
     * @param quarantine its identity; empty when there is none
     */
    public record Account(TableId id, TableSnapshot head, BatchLog log, String quarantine) {}

    public Ledger(SparkSession spark, LakeFiles files, Lake lake, Consumer<String> warnings) {
        this.spark = spark;
        this.files = files;
        this.lake = lake;
        this.warnings = warnings;
        for (String name : files.folders(lake.allBatches())) {
            TableId.parse(name).ifPresent(this::load);
        }
    }

    private void load(TableId id) {
        Optional<TableSnapshot> head = DeltaTables.find(spark, lake.table(id));
        if (head.isPresent()) {
            follow(spark, files, lake, id, warnings);
            BatchLog log = store(id).load().ofTable(head.get().id());
            String held = lake.table(id.quarantine());
            String quarantine = DeltaTables.exists(spark, held) ? DeltaTables.id(spark, held) : "";
            accounts.put(id, new Account(id, head.get(), log, quarantine));
        }
    }

    /** Brings records and companions of a pipeline into agreement with its table. */
    static void follow(SparkSession spark, LakeFiles files, Lake lake, TableId id, Consumer<String> warnings) {
        TableSnapshot head = DeltaTables.find(spark, lake.table(id)).orElseThrow();
        SourceSpan place = SourceSpan.of(id.toString());
        StateStore store = new StateStore(files, lake, id);
        new RestoreTracker(spark, store, companions(spark, lake, id), place, warnings)
                .follow(store.load().ofTable(head.id()), head, RefreshMode.INCREMENTAL);
    }

    public List<Account> accounts() {
        return List.copyOf(accounts.values());
    }

    Optional<Account> account(TableId id) {
        return Optional.ofNullable(accounts.get(id));
    }

    /** Every batch that no RESTORE took back, also those that a refresh made void. */
    List<CommittedBatch> batches() {
        List<CommittedBatch> all = new ArrayList<>();
        accounts.values().forEach(account -> all.addAll(account.log().standing()));
        return all;
    }

    /** The pipelines with batches that a run left open. */
    List<TableId> opened(String run) {
        return accounts().stream()
                .filter(account -> account.log().open().stream()
                        .anyMatch(batch -> batch.run().equals(run)))
                .map(Account::id)
                .toList();
    }

    /** Ends what a run that died left open: what landed is settled, the rest is given up. */
    void endOpen(String run) {
        for (Account account : accounts()) {
            List<BatchRecord> open = account.log().open().stream()
                    .filter(batch -> batch.run().equals(run))
                    .toList();
            for (BatchRecord batch : open) {
                Optional<TableVersion> landed = new CommitLookup(spark)
                        .find(lake.table(account.id()), batch)
                        .filter(version -> CommitMetadata.madeBy(run, version));
                BatchCompletion end = new BatchCompletion(store(account.id()), companions(spark, lake, account.id()));
                landed.ifPresentOrElse(
                        version -> end.settle(batch, account.head().id(), version), () -> end.giveUp(batch));
            }
            if (!open.isEmpty()) {
                load(account.id());
            }
        }
    }

    /** The version of its quarantine that a batch made. */
    Optional<TableVersion> inQuarantine(CommittedBatch batch) {
        TableId id = TableId.parse(batch.batch().pipeline()).orElseThrow();
        return new CommitLookup(spark).find(lake.table(id.quarantine()), batch.batch());
    }

    private StateStore store(TableId id) {
        return new StateStore(files, lake, id);
    }

    /** What lies beside a table, as far as it is there. */
    static List<AuxiliaryTable> companions(SparkSession spark, Lake lake, TableId id) {
        SourceSpan place = SourceSpan.of(id.toString());
        return List.of(
                AuxiliaryTable.quarantine(spark, lake, id, place, Duration.ZERO),
                AuxiliaryTable.memory(spark, lake, id, place, Duration.ZERO));
    }
}
