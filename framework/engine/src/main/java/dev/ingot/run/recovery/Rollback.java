package dev.ingot.run.recovery;

import dev.ingot.delta.DeltaTables;
import dev.ingot.delta.TableSnapshot;
import dev.ingot.delta.TableVersion;
import dev.ingot.diagnostics.Code;
import dev.ingot.diagnostics.Diagnostic;
import dev.ingot.diagnostics.IngotException;
import dev.ingot.diagnostics.SourceSpan;
import dev.ingot.names.TableId;
import dev.ingot.run.context.LakeContext;
import dev.ingot.state.CommitMetadata;
import dev.ingot.state.CommittedBatch;
import dev.ingot.state.Lake;
import dev.ingot.state.LakeFiles;
import dev.ingot.state.Leases;
import dev.ingot.state.RestoreCommit;
import dev.ingot.state.RollbackRecord;
import dev.ingot.state.RunManifest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.spark.sql.SparkSession;

/**
 * Takes back what runs wrote: their tables, the quarantines, and what counts as read. It happens completely or not at
 * all: the plan is recorded first, and a second rollback or the next run completes one that died.
 */
public final class Rollback {

    private final LakeContext context;
    private final SparkSession spark;
    private final LakeFiles files;
    private final Lake lake;
    private final String id;
    private final Consumer<String> warnings;
    private final Consumer<String> steps;

    /** How to treat later runs that build on the batches to take back. */
    public enum Later {
        /** The rollback is refused. */
        REFUSE,
        /** They are taken back too. */
        CASCADE
    }

    /**
     * Rolls back in one lake.
     *
     * @param id the id of the rollback, like that of a run
     * @param warnings receives what other writers did to the tables since
     * @param steps receives each step when it is done
     */
    public Rollback(LakeContext context, String id, Consumer<String> warnings, Consumer<String> steps) {
        this.context = context.newSession();
        this.spark = this.context.spark();
        this.files = context.files();
        this.lake = context.lake();
        this.id = id;
        this.warnings = warnings;
        this.steps = steps;
    }

    /**
     * Takes back everything that a run wrote.
     *
     * @return the steps; those of an unfinished earlier rollback are first
     * @throws IngotException when the run wrote nothing that counts, when later runs build on it, when another
     *     writer changed a table since, or when files of the old version are missing; nothing is changed then
     */
    public List<RollbackRecord.Step> ofRun(String run, Later later) {
        List<RollbackRecord.Step> all = new ArrayList<>(finish());
        Ledger ledger = Ledger.read(context, warnings);
        // A live run holds these leases: what it is about to write cannot be taken back.
        Leases leases = Leases.acquire(files, lake, ledger.opened(run), id);
        try {
            ledger.closeOpen(run);
        } finally {
            leases.close();
        }
        List<CommittedBatch> batches = ledger.batches().stream()
                .filter(batch -> batch.batch().run().equals(run))
                .toList();
        if (batches.isEmpty()) {
            Optional<RollbackRecord> done = RollbackRecord.done(files, lake).stream()
                    .filter(record ->
                            record.steps().stream().anyMatch(step -> step.runs().contains(run)))
                    .findFirst();
            if (done.isPresent()) {
                warnings.accept("Run " + run + " was rolled back before; nothing was done.");
                return done.get().steps();
            }
            List<String> runs = ledger.batches().stream()
                    .map(batch -> batch.batch().run())
                    .distinct()
                    .sorted((a, b) -> b.compareTo(a))
                    .toList();
            throw new IngotException(Diagnostic.error(
                            Code.CONF_ARGUMENT,
                            SourceSpan.of("RUN"),
                            "Cannot roll back '" + run + "': no table holds data of such a run",
                            "'ingot history' lists the runs.")
                    .accepting(runs.subList(0, Math.min(5, runs.size())), run));
        }
        RollbackClosure closure = RollbackClosure.of(ledger, true);
        closure.add(batches);
        all.addAll(perform("run " + run, ledger, closure, Map.of(), later));
        return all;
    }

    /**
     * Puts one table back to a version, and takes back the batches since.
     *
     * @throws IngotException as {@link #ofRun} does; or when the table or version does not exist
     */
    public List<RollbackRecord.Step> ofTable(TableId table, long version, Later later) {
        List<RollbackRecord.Step> all = new ArrayList<>(finish());
        Ledger ledger = Ledger.read(context, warnings);
        Ledger.Account account = ledger.account(table)
                .orElseThrow(() -> new IngotException(Diagnostic.error(
                        Code.CONF_ARGUMENT,
                        SourceSpan.of("TABLE"),
                        "Cannot roll back " + table + ": it has not been built yet",
                        "")));
        List<CommittedBatch> since = account.log().effective().stream()
                .filter(batch -> batch.version() > version)
                .toList();
        if (version < 0 || version >= account.snapshot().version() || since.isEmpty()) {
            throw new IngotException(Diagnostic.error(
                    Code.CONF_ARGUMENT,
                    SourceSpan.of("--to-version"),
                    "Cannot roll " + table + " back to version " + version + ": the table is at version "
                            + account.snapshot().version() + ", and no batch was written after the requested one",
                    "'ingot history " + table + "' lists the versions."));
        }
        RollbackClosure closure = RollbackClosure.of(ledger, false);
        closure.add(since);
        all.addAll(perform(table + " to version " + version, ledger, closure, Map.of(table, version), later));
        return all;
    }

    /** Completes earlier rollbacks that died. */
    public List<RollbackRecord.Step> finish() {
        return finish(table -> true);
    }

    /**
     * Completes those that concern certain tables.
     *
     * @param concerned whether a table is one of them
     */
    public List<RollbackRecord.Step> finish(Predicate<TableId> concerned) {
        List<RollbackRecord.Step> done = new ArrayList<>();
        List<RollbackRecord> unfinished = RollbackRecord.pending(files, lake).stream()
                .filter(record -> tables(record).stream().anyMatch(concerned))
                .toList();
        for (RollbackRecord pending : unfinished) {
            Leases leases = Leases.acquire(files, lake, tables(pending), id);
            try {
                carryOut(pending);
            } finally {
                leases.close();
            }
            done.addAll(pending.steps());
        }
        return done;
    }

    private List<RollbackRecord.Step> perform(
            String what, Ledger ledger, RollbackClosure closure, Map<TableId, Long> requested, Later later) {
        RollbackCheck check = new RollbackCheck(context, ledger);
        if (later == Later.REFUSE) {
            check.refuseLater(what, closure);
        }
        RollbackRecord record = new RollbackRecord(id, what, plan(ledger, closure, requested));
        Leases leases = Leases.acquire(files, lake, tables(record), id);
        try {
            check.refuseUnsafe(record);
            record.begin(files, lake);
            steps.accept("begun");
            carryOut(record);
        } finally {
            leases.close();
        }
        return record.steps();
    }

    private static List<TableId> tables(RollbackRecord record) {
        return record.steps().stream().map(RollbackRecord.Step::id).toList();
    }

    /** Plans a step for each table: to the requested version, or to the one before the first batch to take back. */
    private List<RollbackRecord.Step> plan(Ledger ledger, RollbackClosure closure, Map<TableId, Long> requested) {
        Map<String, List<CommittedBatch>> byTable = new TreeMap<>();
        closure.batches()
                .forEach(batch -> byTable.computeIfAbsent(batch.batch().pipeline(), any -> new ArrayList<>())
                        .add(batch));
        List<RollbackRecord.Step> planned = new ArrayList<>();
        byTable.forEach((table, batches) -> {
            TableSnapshot snapshot = ledger.account(TableId.parse(table).orElseThrow())
                    .orElseThrow()
                    .snapshot();
            long first =
                    batches.stream().mapToLong(CommittedBatch::version).min().orElseThrow();
            TreeSet<String> runs = new TreeSet<>();
            batches.forEach(batch -> runs.add(batch.batch().run()));
            planned.add(new RollbackRecord.Step(
                    table,
                    snapshot.id(),
                    snapshot.version(),
                    requested.getOrDefault(TableId.parse(table).orElseThrow(), before(snapshot, first, runs)),
                    List.copyOf(runs)));
        });
        return planned;
    }

    /** Returns the version before a batch, and before the alterations that its run made for it, such as new columns. */
    private long before(TableSnapshot snapshot, long batch, Set<String> runs) {
        return DeltaTables.newestFirst(spark, snapshot.location())
                .filter(version -> version.number() < batch)
                .filter(version -> !version.isWidening()
                        && !(CommitMetadata.isAlteration(version)
                                && runs.contains(CommitMetadata.run(version).orElseThrow())))
                .findFirst()
                .map(TableVersion::number)
                .orElse(batch - 1);
    }

    private void carryOut(RollbackRecord record) {
        record.steps().forEach(step -> restore(record, step));
        tables(record).forEach(table -> {
            Ledger.follow(context, table, warning -> {});
            steps.accept("followed " + table);
        });
        record.steps().stream()
                .flatMap(step -> step.runs().stream())
                .forEach(run -> RunManifest.delete(files, lake, run));
        record.end(files, lake);
        steps.accept("ended");
    }

    /** Returns whether a version is a RESTORE to the planned one, no matter who ran it. */
    private static boolean isRestore(TableVersion version, long to) {
        return RestoreCommit.is(version)
                && Long.toString(to).equals(version.parameters().get("version"));
    }

    /** Restores a table, unless an earlier attempt or another writer already did. */
    private void restore(RollbackRecord record, RollbackRecord.Step step) {
        String location = lake.table(step.id());
        boolean done = DeltaTables.newestFirst(spark, location)
                .takeWhile(version -> version.number() > step.from())
                .anyMatch(version ->
                        version.userMetadata().equals(Optional.of(record.note())) || isRestore(version, step.to()));
        if (!done) {
            RollbackCheck.foreign(spark, step, location, step.from()).throwIfErrors();
            DeltaTables.restore(spark, location, step.to(), record.note());
        }
        steps.accept("restored " + step.table());
    }
}
