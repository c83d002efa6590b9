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

/**
 * Which batches have to go when some go: those that were written to the same table later, those that read what is
 * undone, and with a batch all others of its run.
 */
final class RollbackClosure {

    private final Ledger ledger;
    private final boolean wholeRuns;
    private final Set<CommittedBatch> undone = new LinkedHashSet<>();
    private final Map<CommittedBatch, String> because = new LinkedHashMap<>();

    /**
     * Begins with nothing.
     *
     * @param wholeRuns whether no run may stay in part
     */
    RollbackClosure(Ledger ledger, boolean wholeRuns) {
        this.ledger = ledger;
        this.wholeRuns = wholeRuns;
    }

    /** Adds batches, and all that have to go with them. */
    void add(List<CommittedBatch> batches) {
        undone.addAll(batches);
        for (Map<CommittedBatch, String> more = dependants(); !more.isEmpty(); more = dependants()) {
            undone.addAll(more.keySet());
            because.putAll(more);
        }
    }

    /** Everything that has to go. */
    Set<CommittedBatch> undone() {
        return undone;
    }

    /** Those that were not asked for, and why they have to go, in words. */
    Map<CommittedBatch, String> because() {
        return because;
    }

    private Map<CommittedBatch, String> dependants() {
        Map<String, Long> firstVersions = new HashMap<>();
        for (CommittedBatch batch : undone) {
            firstVersions.merge(batch.tableId(), batch.version(), Math::min);
            ledger.inQuarantine(batch)
                    .map(TableVersion::number)
                    .ifPresent(version -> firstVersions.merge(quarantine(batch), version, Math::min));
        }
        Map<CommittedBatch, String> more = new LinkedHashMap<>();
        for (CommittedBatch batch : ledger.batches()) {
            if (!undone.contains(batch)) {
                why(batch, firstVersions).ifPresent(reason -> more.put(batch, reason));
            }
        }
        return more;
    }

    private String quarantine(CommittedBatch batch) {
        return ledger.accounts().stream()
                .filter(account -> account.head().id().equals(batch.tableId()))
                .map(Ledger.Account::quarantine)
                .findFirst()
                .orElse("");
    }

    private Optional<String> why(CommittedBatch batch, Map<String, Long> firstVersions) {
        String run = batch.batch().run();
        Long undoneHere = firstVersions.get(batch.tableId());
        if (wholeRuns && undone.stream().anyMatch(each -> each.batch().run().equals(run))) {
            return Optional.of("is of the same run");
        }
        if (undoneHere != null && batch.version() > undoneHere) {
            return Optional.of("wrote to the table later (version " + batch.version() + ")");
        }
        return batch.batch().reads().stream()
                .filter(read -> firstVersions.getOrDefault(read.tableId(), Long.MAX_VALUE) <= read.version())
                .map(read -> "read version " + read.version() + " of " + read.location())
                .findFirst();
    }
}
