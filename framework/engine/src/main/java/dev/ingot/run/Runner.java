package dev.ingot.run;

import dev.ingot.config.RunValues;
import dev.ingot.delta.TableSnapshot;
import dev.ingot.diagnostics.IngotException;
import dev.ingot.diagnostics.SourceSpan;
import dev.ingot.names.TableId;
import dev.ingot.plan.LogicalPlan;
import dev.ingot.plan.PipelinePlan;
import dev.ingot.run.batch.PinnedVersions;
import dev.ingot.run.batch.Views;
import dev.ingot.run.context.LakeContext;
import dev.ingot.run.failure.Failures;
import dev.ingot.run.history.Outcome;
import dev.ingot.run.history.RunLog;
import dev.ingot.run.history.RunReport;
import dev.ingot.run.recovery.Rollback;
import dev.ingot.run.schema.Preflight;
import dev.ingot.session.LogStores;
import dev.ingot.state.Lease;
import dev.ingot.state.Leases;
import dev.ingot.state.RefreshMode;
import dev.ingot.state.RunManifest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import org.apache.spark.sql.SparkSession;

/**
 * Runs pipelines of a plan in the order of their dependencies, independent ones in parallel, each in its own session. A
 * failure stops what depends on it and nothing else.
 */
public final class Runner {

    private final LakeContext context;
    private final LogicalPlan plan;
    private final Function<RunValues, LogicalPlan> replan;
    private final RunListener listener;

    /**
     * Runs pipelines in one Spark application.
     *
     * @param replan returns the same plan with the values of another run, for batches that a run left unfinished
     */
    public Runner(
            LakeContext context, LogicalPlan plan, Function<RunValues, LogicalPlan> replan, RunListener listener) {
        this.context = Objects.requireNonNull(context, "context");
        this.plan = Objects.requireNonNull(plan, "plan");
        this.replan = Objects.requireNonNull(replan, "replan");
        this.listener = Objects.requireNonNull(listener, "listener");
    }

    /**
     * Runs the requested pipelines and reports the outcome of each.
     *
     * @throws IngotException when nothing could be started: mistakes in the pipelines, another active run, or a lake
     *     that cannot be written to
     */
    public RunReport run(RunRequest request) {
        try {
            return runAll(withViews(request));
        } catch (IngotException known) {
            throw known;
        } catch (RuntimeException failure) {
            throw new IngotException(
                    Failures.explain(failure, SourceSpan.of(context.lake().root()))
                            .get(0),
                    failure);
        }
    }

    private RunReport runAll(RunRequest request) {
        LogStores.check(context.spark(), context.lake());
        Set<TableId> concerned = new TreeSet<>(request.tables());
        plan.pipelines().stream()
                .filter(pipeline -> request.tables().contains(pipeline.id()))
                .forEach(pipeline -> concerned.addAll(pipeline.dependsOn()));
        new Rollback(context, run(), listener::warned, step -> {}).finish(concerned::contains);
        RunManifest manifest = new RunStart(context, plan, request).manifest();
        Runner first = manifest.values().equals(plan.project().values().run())
                ? this
                : new Runner(context, replan.apply(manifest.values()), replan, listener);
        return first.runAs(manifest, request);
    }

    private String run() {
        return plan.project().values().run().id();
    }

    private RunReport runAs(RunManifest manifest, RunRequest request) {
        Instant started = Instant.now();
        Lease.awaitEarlierAttempt(context.files(), context.lake(), written(request), run(), listener::warned);
        Leases leases = Leases.acquire(context.files(), context.lake(), written(request), run());
        try {
            Preflight preflight = new Preflight(context, plan);
            timed("check", () -> preflight.check(concerned(request, preflight), request.refreshMode(), warning -> {}));
            PinnedVersions pins = new RunStart(context, plan, request).pins(manifest);
            listener.planned(List.copyOf(request.tables()));
            List<RunReport.PipelineReport> reports = execute(request, preflight, pins);
            RunReport report =
                    new RunReport(plan.project().values().run(), reports, Duration.between(started, Instant.now()));
            timed("record", () -> record(report));
            return report;
        } finally {
            leases.close();
        }
    }

    /** Adds the views that are read, because their rules have to be checked in the same run. */
    private RunRequest withViews(RunRequest request) {
        Set<TableId> all = new TreeSet<>(request.tables());
        plan.pipelines().stream()
                .filter(pipeline -> request.tables().contains(pipeline.id()))
                .flatMap(pipeline -> pipeline.tables().stream())
                .filter(table -> isView(table))
                .forEach(all::add);
        return new RunRequest(all, request.refreshMode(), request.width(), request.part(), request.reproduction());
    }

    private boolean isView(TableId id) {
        return plan.byTable().get(id.maker()).isView();
    }

    private List<TableId> written(RunRequest request) {
        return request.tables().stream().filter(table -> !isView(table)).toList();
    }

    /** Writes the run log. The tables are written by now, so a failure is only a warning. */
    private void record(RunReport report) {
        try {
            new RunLog(context.newSession().spark(), context.lake()).write(report, plan.project());
        } catch (RuntimeException failed) {
            listener.warned("The run is missing from 'ingot history': its record cannot be written ("
                    + Failures.explain(failed, SourceSpan.of(context.lake().runLog()))
                            .get(0)
                            .summary() + ").");
        }
    }

    private static List<PipelinePlan> concerned(RunRequest request, Preflight preflight) {
        return request.refreshMode() == RefreshMode.FULL
                ? preflight.upstream(request.tables())
                : preflight.changed(request.tables());
    }

    private List<RunReport.PipelineReport> execute(RunRequest request, Preflight preflight, PinnedVersions pins) {
        ExecutorService pool = Executors.newFixedThreadPool(request.width());
        try {
            Map<TableId, CompletableFuture<RunReport.PipelineReport>> ends = new LinkedHashMap<>();
            for (PipelinePlan pipeline : plan.pipelines()) {
                if (request.tables().contains(pipeline.id())) {
                    List<CompletableFuture<RunReport.PipelineReport>> before = pipeline.dependsOn().stream()
                            .filter(ends::containsKey)
                            .map(ends::get)
                            .toList();
                    ends.put(
                            pipeline.id(),
                            CompletableFuture.allOf(before.toArray(CompletableFuture[]::new))
                                    .thenApplyAsync(done -> runOne(pipeline, before, request, preflight, pins), pool));
                }
            }
            return ends.values().stream().map(CompletableFuture::join).toList();
        } finally {
            pool.shutdownNow();
        }
    }

    private RunReport.PipelineReport runOne(
            PipelinePlan pipeline,
            List<CompletableFuture<RunReport.PipelineReport>> before,
            RunRequest request,
            Preflight preflight,
            PinnedVersions pins) {
        long start = System.nanoTime();
        Optional<TableId> failed = before.stream()
                .map(CompletableFuture::join)
                .filter(report ->
                        report.outcome() instanceof Outcome.Failed || report.outcome() instanceof Outcome.Skipped)
                .map(RunReport.PipelineReport::id)
                .findFirst();
        listener.started(pipeline.id());
        List<String> warnings = new ArrayList<>();
        Outcome outcome = failed.map(id -> (Outcome) new Outcome.Skipped(id))
                .orElseGet(() -> attempt(pipeline, request, preflight, pins, warnings));
        RunReport.PipelineReport report = new RunReport.PipelineReport(
                pipeline.id(), outcome, Duration.ofNanos(System.nanoTime() - start), warnings);
        listener.finished(report);
        return report;
    }

    private Outcome attempt(
            PipelinePlan pipeline,
            RunRequest request,
            Preflight preflight,
            PinnedVersions pins,
            List<String> warnings) {
        LakeContext own = context.newSession();
        // Delta 2.4 takes the transaction pair of a MERGE from the thread's session, whichever session merges.
        SparkSession.setActiveSession(own.spark());
        PipelineRun run = new PipelineRun(own, pins, preflight.tables(), plan, pipeline, replan, request.refreshMode());
        try {
            Outcome outcome = pipeline.isArchived()
                    ? archived(pipeline, pins)
                    : pipeline.isView()
                            ? new ViewRun(new Views(own, plan, preflight.tables(), warnings::add), pipeline, pins.all())
                                    .execute()
                            : request.reproduction()
                                    .map(earlier -> run.reproduce(earlier, request.tables()))
                                    .orElseGet(run::execute);
            if (request.part() == RunRequest.Part.TASK && !(outcome instanceof Outcome.Failed)) {
                publishVersions(pipeline, pins);
            }
            return outcome;
        } catch (Throwable failure) {
            listener.failed(pipeline.id(), failure);
            return new Outcome.Failed(Failures.explain(failure, pipeline.span()));
        } finally {
            warnings.addAll(run.warnings());
            SparkSession.clearActiveSession();
        }
    }

    /** Publishes versions to later tasks; it must not fail, or they would read the table of the run's start. */
    private void publishVersions(PipelinePlan pipeline, PinnedVersions pins) {
        List.of(pipeline.id(), pipeline.id().quarantine())
                .forEach(id -> pins.find(id)
                        .ifPresent(now -> RunManifest.recordTable(context.files(), context.lake(), run(), id, now)));
    }

    /** Pins the table of an archived pipeline, which can still be read where it exists. */
    private Outcome archived(PipelinePlan pipeline, PinnedVersions pins) {
        Optional<TableSnapshot> snapshot = context.find(pipeline.id());
        snapshot.ifPresent(table -> pins.pin(pipeline.id(), table));
        context.find(pipeline.id().quarantine())
                .ifPresent(table -> pins.pin(pipeline.id().quarantine(), table));
        return new Outcome.Archived(snapshot.map(TableSnapshot::version).orElse(-1L));
    }

    private void timed(String stage, Runnable work) {
        long start = System.nanoTime();
        work.run();
        listener.stageFinished(stage, (System.nanoTime() - start) / 1_000_000);
    }
}
