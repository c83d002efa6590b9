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

/** Fixes what a run reads when its first task starts, and reads it back in every other task and retry. */
record RunStart(LakeContext context, LogicalPlan plan, RunRequest request) {

    /**
     * Returns the run's manifest, and writes it if this is its first task.
     *
     * @throws IngotException when the id belongs to a run with other input
     */
    RunManifest manifest() {
        String run = plan.project().values().run().id();
        RunManifest manifest = RunManifest.read(context.files(), context.lake(), run)
                .orElseGet(() -> RunManifest.of(plan.project().values().run(), reproduces(), currentVersions())
                        .write(context.files(), context.lake()));
        requireSame(manifest);
        return manifest;
    }

    /** Returns the versions of the tables that are read and not written by this request. */
    PinnedVersions pins(RunManifest manifest) {
        PinnedVersions pins = new PinnedVersions();
        outside().forEach(id -> manifest.table(id).ifPresent(table -> pins.pin(id, table)));
        return pins;
    }

    private String reproduces() {
        return request.reproduction().map(Reproduction::run).orElse("");
    }

    /** Refuses a manifest that reproduces another run, because what a run reads is fixed when it starts. */
    private void requireSame(RunManifest manifest) {
        if (!manifest.reproduces().equals(reproduces())) {
            throw new IngotException(Diagnostic.error(
                    Code.CONF_ARGUMENT,
                    SourceSpan.of("--run-id"),
                    "Cannot use the run id '" + manifest.run() + "': a run with this id exists, which "
                            + (manifest.reproduces().isEmpty()
                                    ? "reads what is new"
                                    : "reproduces '" + manifest.reproduces() + "'"),
                    "Choose another id."));
        }
    }

    /** Returns the current versions of the tables that the run reads and does not write. */
    private Map<TableId, PinnedTable> currentVersions() {
        Set<TableId> needed = outside();
        Map<TableId, PinnedTable> versions = versions(needed);
        if (request.part() == RunRequest.Part.TASK) {
            Set<TableId> others = allTables();
            others.removeAll(needed);
            versions.putAll(versions(others));
        }
        request.reproduction()
                .ifPresent(earlier ->
                        versions.replaceAll((table, now) -> earlier.seen(table).orElse(now)));
        return versions;
    }

    private Set<TableId> allTables() {
        Set<TableId> all = new TreeSet<>();
        for (PipelinePlan pipeline : plan.pipelines()) {
            all.add(pipeline.id());
            all.add(pipeline.id().quarantine());
        }
        return all;
    }

    /** Reads versions in own threads, because Java's common pool does not see the jars of an application. */
    private Map<TableId, PinnedTable> versions(Set<TableId> tables) {
        Map<TableId, PinnedTable> versions = new ConcurrentSkipListMap<>();
        Set<TableId> needed = outside();
        ExecutorService pool = Executors.newFixedThreadPool(request.width());
        try {
            CompletableFuture.allOf(tables.stream()
                            .map(id -> CompletableFuture.runAsync(() -> addVersion(id, needed, versions), pool))
                            .toArray(CompletableFuture[]::new))
                    .join();
        } finally {
            pool.shutdown();
        }
        return versions;
    }

    /** Reads one version; a table that only other tasks read may be unreachable from this one. */
    private void addVersion(TableId id, Set<TableId> needed, Map<TableId, PinnedTable> versions) {
        try {
            context.find(id)
                    .ifPresent(
                            table -> versions.put(id, new PinnedTable(table.location(), table.id(), table.version())));
        } catch (Exception unreachable) {
            if (needed.contains(id)) {
                throw Failures.unchecked(unreachable);
            }
        }
    }

    private Set<TableId> outside() {
        Set<TableId> written = request.tables();
        Set<TableId> outside = new TreeSet<>();
        plan.pipelines().stream()
                .filter(pipeline -> written.contains(pipeline.id()))
                .forEach(pipeline -> outside.addAll(pipeline.tables()));
        outside.removeIf(table -> written.contains(table.maker()));
        return outside;
    }
}
