package dev.ingot.run.maintenance;

import dev.ingot.component.input.AsOf;
import dev.ingot.component.input.Input;
import dev.ingot.component.input.PinnedTable;
import dev.ingot.component.input.ReadMode;
import dev.ingot.definition.SourceSettings;
import dev.ingot.delta.DeltaTables;
import dev.ingot.delta.TableVersion;
import dev.ingot.diagnostics.IngotException;
import dev.ingot.model.Bound;
import dev.ingot.names.TableId;
import dev.ingot.plan.LogicalPlan;
import dev.ingot.plan.PipelinePlan;
import dev.ingot.run.batch.TimeTravel;
import dev.ingot.run.context.LakeContext;
import dev.ingot.run.recovery.Ledger;
import dev.ingot.state.BatchRecord;
import dev.ingot.state.CommittedBatch;
import dev.ingot.state.Lake;
import dev.ingot.state.LakeFiles;
import dev.ingot.state.Lease;
import dev.ingot.state.RunManifest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;

/** Finds the earlier versions of tables that are still needed: by lagging readers, by runs, by {@code as_of}. */
final class RetentionPins {

    private final SparkSession spark;
    private final LakeContext context;
    private final LogicalPlan plan;
    private final Ledger ledger;
    private final List<RunManifest> running;

    /** A run counts as running for a day, because its tasks may start one after the other with pauses in between. */
    private static final Duration RUN = Duration.ofDays(1);

    /**
     * Collects what is needed by the current records.
     *
     * @param ledger how far readers have read; it does no harm when they have read further since
     */
    RetentionPins(LakeContext context, LogicalPlan plan, Ledger ledger, Instant now) {
        this.context = context;
        this.spark = context.spark();
        LakeFiles files = context.files();
        Lake lake = context.lake();
        this.plan = plan;
        this.ledger = ledger;
        Set<String> leased = Lease.runs(files, lake);
        this.running = Stream.concat(
                        RunManifest.since(files, lake, now.minus(RUN)).stream(),
                        leased.stream().flatMap(run -> RunManifest.read(files, lake, run).stream()))
                .distinct()
                .toList();
    }

    /** A version, and what needs it. */
    record Need(long version, String because) {}

    /** Returns the oldest version of a table that is needed; empty when only the newest is. */
    Optional<Need> of(TableId table, String location) {
        String id = DeltaTables.id(spark, location);
        List<Need> needs = new ArrayList<>();
        for (Ledger.Account account : ledger.accounts()) {
            account.log().last().map(CommittedBatch::batch).stream()
                    .flatMap(batch -> batch.inputs().entrySet().stream())
                    .filter(read -> readsChanges(account.id(), read.getKey()))
                    .flatMap(read -> upTo(read.getValue(), id).stream())
                    .forEach(version -> needs.add(new Need(
                            beforeChange(location, version), account.id() + " has read its changes up to it")));
            account.log().open().stream()
                    .map(BatchRecord::reads)
                    .flatMap(List::stream)
                    .filter(read -> read.tableId().equals(id))
                    .forEach(read -> needs.add(
                            new Need(read.version(), "an unfinished batch of " + account.id() + " reads it")));
        }
        running.forEach(run -> run.table(table)
                .filter(pinned -> pinned.tableId().equals(id))
                .map(PinnedTable::version)
                .ifPresent(version -> needs.add(new Need(version, "run " + run.run() + " reads it now"))));
        needs.addAll(asOf(table));
        long newest = DeltaTables.newest(spark, location);
        return needs.stream().filter(need -> need.version() < newest).min(Comparator.comparingLong(Need::version));
    }

    /** Returns whether a pipeline reads changes; assumed of one that is no longer declared, because it may return. */
    private boolean readsChanges(TableId pipeline, String alias) {
        return Optional.ofNullable(plan.byTable().get(pipeline))
                .map(reader -> reader.reads().get(alias) != ReadMode.ALL)
                .orElse(true);
    }

    /** Returns the newest version with the same rows as a version: later changes are read from there. */
    private long beforeChange(String location, long version) {
        return DeltaTables.newestFirst(spark, location)
                .takeWhile(later -> later.number() > version)
                .filter(TableVersion::changesRows)
                .reduce((later, earlier) -> earlier)
                .map(change -> change.number() - 1)
                .orElseGet(() -> DeltaTables.newest(spark, location));
    }

    private static Optional<Long> upTo(Input input, String tableId) {
        if (input instanceof Input.Changes changes && changes.tableId().equals(tableId)) {
            return Optional.of(changes.until());
        }
        return input instanceof Input.Snapshot whole && whole.tableId().equals(tableId)
                ? Optional.of(whole.version())
                : Optional.empty();
    }

    /** Returns the versions that sources read with {@code as_of}, as far as they can still be read. */
    private List<Need> asOf(TableId table) {
        List<Need> needs = new ArrayList<>();
        for (PipelinePlan reader : plan.pipelines()) {
            for (Bound<SourceSettings> source : reader.definition().sources().values()) {
                Optional<AsOf> moment = source.settings()
                        .asOf()
                        .filter(any -> PipelinePlan.tableOf(source).equals(Optional.of(table)));
                moment.flatMap(each -> version(table, each, source))
                        .ifPresent(version -> needs.add(new Need(version, reader.id() + " reads it with 'as_of'")));
            }
        }
        return needs;
    }

    private Optional<Long> version(TableId table, AsOf moment, Bound<SourceSettings> source) {
        try {
            return Optional.of(new TimeTravel(context).version(table, moment, source.span()));
        } catch (IngotException gone) {
            return Optional.empty();
        }
    }
}
