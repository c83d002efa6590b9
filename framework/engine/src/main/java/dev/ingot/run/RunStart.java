package dev.ingot.run;

import dev.ingot.component.input.PinnedTable;
import dev.ingot.diagnostics.Code;
import dev.ingot.diagnostics.Diagnostic;
import dev.ingot.diagnostics.IngotException;
import dev.ingot.diagnostics.SourceSpan;
import dev.ingot.names.TableId;
import dev.ingot.plan.LogicalPlan;
import dev.ingot.plan.PipelinePlan;
import dev.ingot.run.batch.PinnedVersions;
import dev.ingot.run.context.LakeContext;
import dev.ingot.run.failure.Failures;
import dev.ingot.run.recovery.Reproduction;
import dev.ingot.state.RunManifest;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** What a run sees: settled when its first task begins, and found again by every other task and retry. */
record RunStart(LakeContext context, LogicalPlan plan, RunRequest request) {

    /**
     * The run's manifest, written now if this is its first task.
     *
     * @throws IngotException when the name belongs to a run that reads otherwise
     */
    RunManifest manifest() {
        String run = plan.project().values().run().id();
        RunManifest manifest = RunManifest.read(context.files(), context.lake(), run)
                .orElseGet(() -> RunManifest.of(plan.project().values().run(), reproduces(), seen())
                        .write(context.files(), context.lake()));
        requireSame(manifest);
        return manifest;
    }

    /** The versions of the tables that are read and not made here. */
    PinnedVersions pins(RunManifest manifest) {
        PinnedVersions pins = new PinnedVersions();
        outside().forEach(id -> manifest.table(id).ifPresent(table -> pins.pin(id, table)));
        return pins;
    }

    private String reproduces() {
        return request.again().map(Reproduction::run).orElse("");
    }

    /** What a run reads is settled when it begins, and so is which run it reproduces. */
    private void requireSame(RunManifest manifest) {
        if (!manifest.reproduces().equals(reproduces())) {
            throw new IngotException(Diagnostic.error(
                    Code.CONF_ARGUMENT,
                    SourceSpan.of("--run-id"),
                    "Cannot run under the name '" + manifest.run() + "': a run of that name has begun, which "
                            + (manifest.reproduces().isEmpty()
                                    ? "reads what is new"
                                    : "reproduces '" + manifest.reproduces() + "'"),
                    "Choose another name."));
        }
    }

    /** The versions of the tables that the run sees as they are now, and does not make itself. */
    private Map<TableId, PinnedTable> seen() {
        Set<TableId> needed = outside();
        Map<TableId, PinnedTable> heads = heads(needed);
        if (request.part() == RunRequest.Part.TASK) {
            Set<TableId> others = everything();
            others.removeAll(needed);
            heads.putAll(heads(others));
        }
        request.again()
                .ifPresent(then ->
                        heads.replaceAll((table, now) -> then.seen(table).orElse(now)));
        return heads;
    }

    private Set<TableId> everything() {
        Set<TableId> all = new TreeSet<>();
        for (PipelinePlan pipeline : plan.pipelines()) {
            all.add(pipeline.id());
            all.add(pipeline.id().quarantine());
        }
        return all;
    }

    /** In threads of their own: those that Java shares do not know the jars that an application was given. */
    private Map<TableId, PinnedTable> heads(Set<TableId> tables) {
        Map<TableId, PinnedTable> heads = new ConcurrentSkipListMap<>();
        Set<TableId> needed = outside();
        ExecutorService pool = Executors.newFixedThreadPool(request.width());
        try {
            CompletableFuture.allOf(tables.stream()
                            .map(id -> CompletableFuture.runAsync(() -> head(id, needed, heads), pool))
                            .toArray(CompletableFuture[]::new))
                    .join();
        } finally {
            pool.shutdown();
        }
        return heads;
    }

    /** A table that only other tasks read may be out of reach for this one. */
    private void head(TableId id, Set<TableId> needed, Map<TableId, PinnedTable> heads) {
        try {
            context.find(id)
                    .ifPresent(table -> heads.put(id, new PinnedTable(table.location(), table.id(), table.version())));
        } catch (Exception unreachable) {
            if (needed.contains(id)) {
                throw Failures.unchecked(unreachable);
            }
        }
    }

    private Set<TableId> outside() {
        Set<TableId> made = request.tables();
        Set<TableId> outside = new TreeSet<>();
        plan.pipelines().stream()
                .filter(pipeline -> made.contains(pipeline.id()))
                .forEach(pipeline -> outside.addAll(pipeline.tables()));
        outside.removeIf(table -> made.contains(table.maker()));
        return outside;
    }
}
