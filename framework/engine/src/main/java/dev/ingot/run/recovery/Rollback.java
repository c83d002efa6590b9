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
 * Takes back what runs wrote: their tables, the quarantines, and what counts as read. All of it happens or nothing:
 * what is to be done is written down first, and whoever finds it unfinished, a second rollback or the next run, does the
 * rest.
 */
public final class Rollback {

    private final LakeContext context;
    private final SparkSession spark;
    private final LakeFiles files;
    private final Lake lake;
    private final String id;
    private final Consumer<String> warnings;
    private final Consumer<String> steps;

    /** What becomes of later runs that build on what is taken back. */
    public enum Later {
        /** Nothing is done then. */
        REFUSE,
        /** They are taken back too. */
        TAKE_ALONG
    }

    /**
     * A rollback in one lake.
     *
     * @param id names it, as a run's id names a run
     * @param warnings is told of what others did to the tables meanwhile
     * @param steps is told of each step when it is done
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
     * @return what was done to each table; what an earlier rollback had left unfinished comes first
     * @throws IngotException when the run wrote nothing that counts, when later runs build on it, when another hand
     *     changed a table since, or when files of the old version are gone; nothing is done then
     */
    public List<RollbackRecord.Step> ofRun(String run, Later later) {
        List<RollbackRecord.Step> all = new ArrayList<>(finish());
        Ledger ledger = Ledger.read(context, warnings);
        // A run that still lives holds these: what it is about to write cannot be taken back.
        Leases held = Leases.take(files, lake, ledger.opened(run), id);
        try {
            ledger.endOpen(run);
        } finally {
            held.close();
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
                warnings.accept("Run " + run + " was taken back before; nothing was done now.");
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
                            "Cannot roll back '" + run + "': no table holds anything that such a run wrote",
                            "'ingot history' lists the runs.")
                    .accepting(runs.subList(0, Math.min(5, runs.size())), run));
        }
        RollbackClosure undoing = RollbackClosure.of(ledger, true);
        undoing.add(batches);
        all.addAll(perform("run " + run, ledger, undoing, Map.of(), later));
        return all;
    }

    /**
     * Puts one table back to a version, and takes back the batches since.
     *
     * @throws IngotException as {@link #ofRun} does; or when there is no such table or version
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
        List<CommittedBatch> since = account.log().counting().stream()
                .filter(batch -> batch.version() > version)
                .toList();
        if (version < 0 || version >= account.head().version() || since.isEmpty()) {
            throw new IngotException(Diagnostic.error(
                    Code.CONF_ARGUMENT,
                    SourceSpan.of("--to-version"),
                    "Cannot roll " + table + " back to version " + version + ": the table is at version "
                            + account.head().version() + ", and no batch was written after the one asked for",
                    "'ingot history " + table + "' lists the versions."));
        }
        RollbackClosure undoing = RollbackClosure.of(ledger, false);
        undoing.add(since);
        all.addAll(perform(table + " to version " + version, ledger, undoing, Map.of(table, version), later));
        return all;
    }

    /** Does the rest of what earlier rollbacks began. */
    public List<RollbackRecord.Step> finish() {
        return finish(table -> true);
    }

    /**
     * The same, where certain tables are concerned.
     *
     * @param concerned whether a table is one of them
     */
    public List<RollbackRecord.Step> finish(Predicate<TableId> concerned) {
        List<RollbackRecord.Step> done = new ArrayList<>();
        List<RollbackRecord> unfinished = RollbackRecord.pending(files, lake).stream()
                .filter(record -> tables(record).stream().anyMatch(concerned))
                .toList();
        for (RollbackRecord pending : unfinished) {
            Leases leases = Leases.take(files, lake, tables(pending), id);
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
            String what, Ledger ledger, RollbackClosure undoing, Map<TableId, Long> asked, Later later) {
        RollbackCheck check = new RollbackCheck(context, ledger);
        if (later == Later.REFUSE) {
            check.refuseLater(what, undoing);
        }
        RollbackRecord record = new RollbackRecord(id, what, plan(ledger, undoing, asked));
        Leases leases = Leases.take(files, lake, tables(record), id);
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

    /** Each table goes to the version that was asked for, or to the one before the first batch that is taken back. */
    private List<RollbackRecord.Step> plan(Ledger ledger, RollbackClosure undoing, Map<TableId, Long> asked) {
        Map<String, List<CommittedBatch>> byTable = new TreeMap<>();
        undoing.undone()
                .forEach(batch -> byTable.computeIfAbsent(batch.batch().pipeline(), any -> new ArrayList<>())
                        .add(batch));
        List<RollbackRecord.Step> planned = new ArrayList<>();
        byTable.forEach((table, batches) -> {
            TableSnapshot head = ledger.account(TableId.parse(table).orElseThrow())
                    .orElseThrow()
                    .head();
            long first =
                    batches.stream().mapToLong(CommittedBatch::version).min().orElseThrow();
            TreeSet<String> runs = new TreeSet<>();
            batches.forEach(batch -> runs.add(batch.batch().run()));
            planned.add(new RollbackRecord.Step(
                    table,
                    head.id(),
                    head.version(),
                    asked.getOrDefault(TableId.parse(table).orElseThrow(), before(head, first, runs)),
                    List.copyOf(runs)));
        });
        return planned;
    }

    /** The version before a batch, and before what its run did to the table for it, such as new columns. */
    private long before(TableSnapshot head, long batch, Set<String> runs) {
        return DeltaTables.newestFirst(spark, head.location())
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

    /** Whoever restored the table to where it has to go did what is to be done. */
    private static boolean isRestore(TableVersion version, long to) {
        return RestoreCommit.is(version)
                && Long.toString(to).equals(version.parameters().get("version"));
    }

    /** Unless an earlier attempt did it already, or another hand. */
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
