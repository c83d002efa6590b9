package dev.ingot.run.recovery;

import dev.ingot.delta.TableVersion;
import dev.ingot.state.CommittedBatch;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Computes which batches a rollback has to take back: later writes to the same tables, batches that read these writes,
 * and all other batches of their runs.
 */
final class RollbackClosure {

    private final List<Ledger.Account> accounts;
    private final Function<CommittedBatch, Optional<Long>> quarantineVersion;
    private final boolean wholeRuns;
    private final Set<CommittedBatch> batches = new LinkedHashSet<>();
    private final Map<CommittedBatch, String> reasons = new LinkedHashMap<>();

    /**
     * Starts with no batch.
     *
     * @param accounts the batches of every pipeline
     * @param quarantineVersion returns the version that a batch wrote to its quarantine
     * @param wholeRuns whether a run is taken back as a whole or not at all
     */
    RollbackClosure(
            List<Ledger.Account> accounts,
            Function<CommittedBatch, Optional<Long>> quarantineVersion,
            boolean wholeRuns) {
        this.accounts = List.copyOf(accounts);
        this.quarantineVersion = quarantineVersion;
        this.wholeRuns = wholeRuns;
    }

    static RollbackClosure of(Ledger ledger, boolean wholeRuns) {
        return new RollbackClosure(
                ledger.accounts(), batch -> ledger.inQuarantine(batch).map(TableVersion::number), wholeRuns);
    }

    /** Adds batches, and all that have to be taken back with them. */
    void add(List<CommittedBatch> first) {
        batches.addAll(first);
        for (Map<CommittedBatch, String> more = dependants(); !more.isEmpty(); more = dependants()) {
            batches.addAll(more.keySet());
            reasons.putAll(more);
        }
    }

    /** Returns every batch to take back. */
    Set<CommittedBatch> batches() {
        return batches;
    }

    /** Returns the batches that were not added explicitly, each with the reason as a phrase. */
    Map<CommittedBatch, String> reasons() {
        return reasons;
    }

    private Map<CommittedBatch, String> dependants() {
        Map<String, Long> firstVersions = new HashMap<>();
        for (CommittedBatch batch : batches) {
            firstVersions.merge(batch.tableId(), batch.version(), Math::min);
            quarantineVersion
                    .apply(batch)
                    .ifPresent(version -> firstVersions.merge(quarantine(batch), version, Math::min));
        }
        Map<CommittedBatch, String> more = new LinkedHashMap<>();
        for (Ledger.Account account : accounts) {
            for (CommittedBatch batch : account.log().notRolledBack()) {
                if (!batches.contains(batch)) {
                    why(batch, firstVersions).ifPresent(reason -> more.put(batch, reason));
                }
            }
        }
        return more;
    }

    private String quarantine(CommittedBatch batch) {
        return accounts.stream()
                .filter(account -> account.snapshot().id().equals(batch.tableId()))
                .map(Ledger.Account::quarantine)
                .findFirst()
                .orElse("");
    }

    private Optional<String> why(CommittedBatch batch, Map<String, Long> firstVersions) {
        String run = batch.batch().run();
        Long firstVersion = firstVersions.get(batch.tableId());
        if (wholeRuns && batches.stream().anyMatch(each -> each.batch().run().equals(run))) {
            return Optional.of("belongs to the same run");
        }
        if (firstVersion != null && batch.version() > firstVersion) {
            return Optional.of("wrote to the table later (version " + batch.version() + ")");
        }
        return batch.batch().reads().stream()
                .filter(read -> firstVersions.getOrDefault(read.tableId(), Long.MAX_VALUE) <= read.version())
                .map(read -> "read version " + read.version() + " of " + read.location())
                .findFirst();
    }
}
