package dev.ingot.run;

import dev.ingot.delta.Version;
import dev.ingot.state.SettledBatch;
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
final class Undoing {

    private final Ledger ledger;
    private final boolean wholeRuns;
    private final Set<SettledBatch> undone = new LinkedHashSet<>();
    private final Map<SettledBatch, String> because = new LinkedHashMap<>();

    /**
     * Begins with nothing.
     *
     * @param wholeRuns whether no run may stay in part
     */
    Undoing(Ledger ledger, boolean wholeRuns) {
        this.ledger = ledger;
        this.wholeRuns = wholeRuns;
    }

    /** Adds batches, and all that have to go with them. */
    void add(List<SettledBatch> batches) {
        undone.addAll(batches);
        for (Map<SettledBatch, String> more = dependants(); !more.isEmpty(); more = dependants()) {
            undone.addAll(more.keySet());
            because.putAll(more);
        }
    }

    /** Everything that has to go. */
    Set<SettledBatch> undone() {
        return undone;
    }

    /** Those that were not asked for, and why they have to go, in words. */
    Map<SettledBatch, String> because() {
        return because;
    }

    private Map<SettledBatch, String> dependants() {
        Map<String, Long> firstVersions = new HashMap<>();
        for (SettledBatch batch : undone) {
            firstVersions.merge(batch.tableId(), batch.version(), Math::min);
            ledger.inQuarantine(batch)
                    .map(Version::number)
                    .ifPresent(version -> firstVersions.merge(quarantine(batch), version, Math::min));
        }
        Map<SettledBatch, String> more = new LinkedHashMap<>();
        for (SettledBatch batch : ledger.batches()) {
            if (!undone.contains(batch)) {
                why(batch, firstVersions).ifPresent(reason -> more.put(batch, reason));
            }
        }
        return more;
    }

    private String quarantine(SettledBatch batch) {
        return ledger.accounts().stream()
                .filter(account -> account.head().id().equals(batch.tableId()))
                .map(Ledger.Account::quarantine)
                .findFirst()
                .orElse("");
    }

    private Optional<String> why(SettledBatch batch, Map<String, Long> firstVersions) {
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
