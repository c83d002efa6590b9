package dev.ingot.run.recovery;

import dev.ingot.delta.TableSnapshot;
import dev.ingot.delta.TableVersion;
import dev.ingot.diagnostics.SourceSpan;
import dev.ingot.names.TableId;
import dev.ingot.run.context.LakeContext;
import dev.ingot.run.write.AuxiliaryTable;
import dev.ingot.state.BatchLog;
import dev.ingot.state.BatchRecord;
import dev.ingot.state.CommitLookup;
import dev.ingot.state.CommitMetadata;
import dev.ingot.state.CommittedBatch;
import dev.ingot.state.RefreshMode;
import dev.ingot.state.StateStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/** The batches of every pipeline of a lake, declared or not, in agreement with the tables. */
public final class Ledger {

    private final LakeContext context;
    private final Consumer<String> warnings;
    private final Map<TableId, Account> accounts = new TreeMap<>();

    /**
     * The batches of one pipeline.
     *
     * @param log the batches of the table that exists now
     * @param quarantine the identity of its quarantine; empty when there is none
     */
    public record Account(TableId id, TableSnapshot snapshot, BatchLog log, String quarantine) {}

    private Ledger(LakeContext context, Consumer<String> warnings) {
        this.context = context;
        this.warnings = warnings;
    }

    /**
     * Reads the ledger of a lake; where a table was restored since, its records follow.
     *
     * @param warnings receives what other writers did to the tables since
     */
    public static Ledger read(LakeContext context, Consumer<String> warnings) {
        Ledger ledger = new Ledger(context, warnings);
        for (String name : context.files().folders(context.lake().allBatches())) {
            TableId.parse(name).ifPresent(ledger::load);
        }
        return ledger;
    }

    private void load(TableId id) {
        context.find(id).ifPresent(snapshot -> {
            follow(context, id, warnings);
            String quarantine =
                    context.find(id.quarantine()).map(TableSnapshot::id).orElse("");
            accounts.put(id, new Account(id, snapshot, context.store(id).load().ofTable(snapshot.id()), quarantine));
        });
    }

    /** Makes the records and auxiliary tables of a pipeline agree with its table after a RESTORE. */
    static void follow(LakeContext context, TableId id, Consumer<String> warnings) {
        TableSnapshot snapshot = context.find(id).orElseThrow();
        StateStore store = context.store(id);
        new RestoreTracker(context.spark(), store, auxiliaryTables(context, id), SourceSpan.of(id.toString()), warnings)
                .follow(store.load().ofTable(snapshot.id()), snapshot, RefreshMode.INCREMENTAL);
    }

    public List<Account> accounts() {
        return List.copyOf(accounts.values());
    }

    public Optional<Account> account(TableId id) {
        return Optional.ofNullable(accounts.get(id));
    }

    /** Returns every batch that no RESTORE took back, including those replaced by a full refresh. */
    List<CommittedBatch> batches() {
        List<CommittedBatch> all = new ArrayList<>();
        accounts.values().forEach(account -> all.addAll(account.log().notRolledBack()));
        return all;
    }

    /** Returns the pipelines with batches that a run left open. */
    List<TableId> opened(String run) {
        return accounts().stream()
                .filter(account -> account.log().open().stream()
                        .anyMatch(batch -> batch.run().equals(run)))
                .map(Account::id)
                .toList();
    }

    /** Closes what a dead run left open: batches that landed are settled, the others are abandoned. */
    void closeOpen(String run) {
        for (Account account : accounts()) {
            List<BatchRecord> open = account.log().open().stream()
                    .filter(batch -> batch.run().equals(run))
                    .toList();
            for (BatchRecord batch : open) {
                Optional<TableVersion> landed = new CommitLookup(context.spark())
                        .find(context.lake().table(account.id()), batch)
                        .filter(version -> CommitMetadata.madeBy(run, version));
                BatchCompletion completion =
                        new BatchCompletion(context.store(account.id()), auxiliaryTables(context, account.id()));
                landed.ifPresentOrElse(
                        version -> completion.settle(batch, account.snapshot().id(), version),
                        () -> completion.abandon(batch));
            }
            if (!open.isEmpty()) {
                load(account.id());
            }
        }
    }

    /** Returns the version that a batch wrote to its pipeline's quarantine. */
    Optional<TableVersion> inQuarantine(CommittedBatch batch) {
        TableId id = TableId.parse(batch.batch().pipeline()).orElseThrow();
        return new CommitLookup(context.spark()).find(context.lake().table(id.quarantine()), batch.batch());
    }

    /** Returns the quarantine and the late-event table of a pipeline, whether they exist or not. */
    static List<AuxiliaryTable> auxiliaryTables(LakeContext context, TableId id) {
        SourceSpan place = SourceSpan.of(id.toString());
        return List.of(
                AuxiliaryTable.quarantine(context, id, place, Duration.ZERO),
                AuxiliaryTable.lateEvents(context, id, place, Duration.ZERO));
    }
}
