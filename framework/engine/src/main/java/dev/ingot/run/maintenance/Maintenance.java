package dev.ingot.run.maintenance;

import dev.ingot.delta.DeltaTables;
import dev.ingot.delta.TableVersion;
import dev.ingot.diagnostics.Code;
import dev.ingot.diagnostics.Diagnostic;
import dev.ingot.diagnostics.IngotException;
import dev.ingot.diagnostics.SourceSpan;
import dev.ingot.names.TableId;
import dev.ingot.plan.LogicalPlan;
import dev.ingot.plan.PipelinePlan;
import dev.ingot.run.context.LakeContext;
import dev.ingot.run.failure.Failures;
import dev.ingot.run.recovery.Ledger;
import dev.ingot.run.recovery.Rollback;
import dev.ingot.run.write.AuxiliaryTable;
import dev.ingot.run.write.LateEventTable;
import dev.ingot.session.LogStores;
import dev.ingot.state.Lake;
import dev.ingot.state.LakeFiles;
import dev.ingot.state.Leases;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.spark.sql.SparkSession;

/**
 * Compacts the files of tables and removes those that no version needs any more. What can be read stays the same: a
 * version is kept for the {@code retention}, and longer while a reader, a run or a pipeline needs it.
 */
public final class Maintenance {

    /** The codes of a table that is in use, or whose pipeline has to run first. */
    private static final Set<Code> BUSY = EnumSet.of(Code.ENV_BUSY, Code.ENV_CONFLICT);

    /** By how much the clocks may differ that set the timestamps of versions. */
    private static final Duration SKEW = Duration.ofMinutes(10);

    private final LakeContext context;
    private final SparkSession spark;
    private final LogicalPlan plan;
    private final Lake lake;
    private final LakeFiles files;
    private final Consumer<String> warnings;

    /**
     * The result for one table.
     *
     * @param outcome "maintained", "busy" when a run works on it or has to run first, "not built", or "failed"
     * @param compacted the number of files that were rewritten as larger ones
     * @param into the number of these larger files
     * @param removed the number of removed files, which no readable version needs
     * @param keptSince the time since which every version can be read
     * @param because what needs versions older than the {@code retention}, so that no file was removed
     * @param problem why nothing was done
     */
    public record Line(
            TableId table,
            String outcome,
            long compacted,
            long into,
            long removed,
            Optional<Instant> keptSince,
            String because,
            Optional<Diagnostic> problem) {
        public Line {
            Objects.requireNonNull(table, "table");
            Objects.requireNonNull(outcome, "outcome");
            Objects.requireNonNull(keptSince, "keptSince");
            Objects.requireNonNull(because, "because");
            Objects.requireNonNull(problem, "problem");
        }
    }

    /**
     * Maintains the tables of one lake.
     *
     * @param warnings receives what other writers did to the tables since
     */
    public Maintenance(LakeContext context, LogicalPlan plan, Consumer<String> warnings) {
        this.context = context.newSession();
        this.spark = this.context.spark();
        this.plan = Objects.requireNonNull(plan, "plan");
        this.lake = context.lake();
        this.files = context.files();
        this.warnings = Objects.requireNonNull(warnings, "warnings");
    }

    /** Maintains the tables of some pipelines and their auxiliary tables, one after the other. */
    public List<Line> of(Set<TableId> selected) {
        LogStores.check(spark, lake);
        new Rollback(context, run(), warnings, step -> {}).finish(selected::contains);
        Ledger ledger = Ledger.read(context, warnings);
        List<Line> lines = new ArrayList<>();
        for (PipelinePlan pipeline : plan.pipelines()) {
            if (selected.contains(pipeline.id()) && !pipeline.isView()) {
                lines.addAll(of(pipeline, ledger));
            }
        }
        return lines;
    }

    private List<Line> of(PipelinePlan pipeline, Ledger ledger) {
        TableId id = pipeline.id();
        try {
            if (!DeltaTables.exists(spark, lake.table(id))) {
                return List.of(idle(id, "not built", Optional.empty()));
            }
            Leases lease = Leases.acquire(files, lake, List.of(id), run());
            try {
                return leased(pipeline, ledger);
            } finally {
                lease.close();
            }
        } catch (Exception failure) {
            Diagnostic problem = Failures.explain(failure, pipeline.span()).get(0);
            return List.of(idle(id, BUSY.contains(problem.code()) ? "busy" : "failed", Optional.of(problem)));
        }
    }

    private List<Line> leased(PipelinePlan pipeline, Ledger ledger) {
        TableId id = pipeline.id();
        if (!context.store(id).load().open().isEmpty()) {
            throw new IngotException(Diagnostic.error(
                    Code.ENV_CONFLICT,
                    pipeline.span(),
                    "Cannot maintain " + id + ": a run of it did not finish, and its replay needs the current files",
                    "Run it first: ingot run " + id));
        }
        // A process that died while it held the lease left its staging area behind.
        files.delete(lake.stagingArea(id));
        Instant now = Instant.now();
        SourceSpan place = pipeline.span();
        Duration retention = pipeline.target().settings().retention();
        AuxiliaryTable quarantine = AuxiliaryTable.quarantine(context, id, place, retention);
        AuxiliaryTable events = AuxiliaryTable.lateEvents(context, id, place, retention);
        pipeline.definition()
                .keyed()
                .ifPresent(keyed -> new LateEventTable(events, keyed.allowedLateness()).deleteExpired(now));
        RetentionPins pins = new RetentionPins(context, plan, ledger, now);
        List<Line> lines = new ArrayList<>();
        lines.add(maintain(id, lake.table(id), retention, now, pins));
        for (AuxiliaryTable auxiliary : List.of(quarantine, events)) {
            if (auxiliary.exists()) {
                auxiliary.applyRetention(run());
                lines.add(maintain(auxiliary.id(), auxiliary.location(), auxiliary.retention(), now, pins));
            }
        }
        return lines;
    }

    private String run() {
        return plan.project().values().run().id();
    }

    private static Line idle(TableId table, String outcome, Optional<Diagnostic> problem) {
        return new Line(table, outcome, 0, 0, 0, Optional.empty(), "", problem);
    }

    private Line maintain(TableId id, String location, Duration retention, Instant now, RetentionPins pins) {
        TableVersion optimized = DeltaTables.optimize(spark, location);
        boolean any = optimized.operation().equals("OPTIMIZE");
        Optional<RetentionPins.Need> need = pins.of(id, location);
        Instant window = now.minus(retention);
        Optional<Instant> oldest = need.flatMap(each -> DeltaTables.version(spark, location, each.version()))
                .map(TableVersion::timestamp)
                .filter(window::isAfter);
        long before = dataFiles(location);
        // Delta drops its tombstones when 'retention' is over, so VACUUM could not spare files that are needed longer.
        if (oldest.isEmpty()) {
            DeltaTables.vacuum(
                    spark, location, Duration.between(window, Instant.now()).plus(SKEW));
        }
        return new Line(
                id,
                "maintained",
                any ? optimized.metric("numRemovedFiles") : 0,
                any ? optimized.metric("numAddedFiles") : 0,
                Math.max(0, before - dataFiles(location)),
                Optional.of(oldest.orElse(window)),
                oldest.isPresent() ? need.orElseThrow().because() : "",
                Optional.empty());
    }

    private long dataFiles(String location) {
        return files.count(location) - files.count(location + "/_delta_log");
    }
}
