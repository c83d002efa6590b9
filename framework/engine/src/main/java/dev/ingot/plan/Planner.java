package dev.ingot.plan;

import dev.ingot.component.Trait;
import dev.ingot.component.input.ReadMode;
import dev.ingot.config.Layer;
import dev.ingot.config.Project;
import dev.ingot.definition.CheckSettings;
import dev.ingot.definition.OnSchemaChange;
import dev.ingot.definition.OnViolation;
import dev.ingot.definition.SourceSettings;
import dev.ingot.diagnostics.Code;
import dev.ingot.diagnostics.Diagnostic;
import dev.ingot.diagnostics.Diagnostics;
import dev.ingot.diagnostics.SourceSpan;
import dev.ingot.model.Bound;
import dev.ingot.model.Pipeline;
import dev.ingot.names.TableId;
import dev.ingot.options.OptionValues;
import dev.ingot.options.TableName;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Plans all pipelines: their dependencies, what each reads, and by which route it writes. Loads no Spark class. */
public final class Planner {

    private final Project project;
    private final Diagnostics diagnostics;

    public Planner(Project project, Diagnostics diagnostics) {
        this.project = Objects.requireNonNull(project, "project");
        this.diagnostics = Objects.requireNonNull(diagnostics, "diagnostics");
    }

    /**
     * Returns the plan; after errors, a plan of the pipelines that they do not concern.
     *
     * @param unreadable names of pipelines that could not be read; reading their tables is not an error
     */
    public LogicalPlan plan(List<Pipeline> pipelines, Set<String> unreadable) {
        Map<TableId, Pipeline> byTable = onePerTable(pipelines);
        Map<TableId, PipelinePlan> plans = new TreeMap<>();
        Map<TableId, Set<TableId>> reads = new TreeMap<>();
        byTable.forEach((id, pipeline) -> reads.put(id, reads(pipeline, byTable, unreadable)));
        byTable.forEach(
                (id, pipeline) -> plans.put(id, plan(pipeline, withTablesOfViews(id, reads, byTable), byTable)));
        Map<TableId, Set<TableId>> dependencies = new TreeMap<>();
        plans.forEach((id, plan) -> dependencies.put(id, plan.dependsOn()));
        Graph graph = new Graph(dependencies);
        List<List<TableId>> cycles = graph.cycles();
        cycles.forEach(cycle -> reportCycle(cycle, byTable));
        List<TableId> order = cycles.isEmpty() ? graph.order() : List.of();
        return new LogicalPlan(project, order.stream().map(plans::get).toList());
    }

    private Map<TableId, Pipeline> onePerTable(List<Pipeline> pipelines) {
        Map<TableId, Pipeline> byTable = new TreeMap<>();
        for (Pipeline pipeline : pipelines) {
            Pipeline first = byTable.putIfAbsent(pipeline.id(), pipeline);
            if (first != null) {
                diagnostics.add(Diagnostic.error(
                        Code.PLAN_TWO_MAKERS,
                        pipeline.span(),
                        "Cannot define " + pipeline.id() + " here: " + first.span() + " already defines it",
                        "Rename one of the two, or combine them with a 'union' step."));
            }
        }
        return byTable;
    }

    private Set<TableId> reads(Pipeline pipeline, Map<TableId, Pipeline> byTable, Set<String> unreadable) {
        Set<TableId> tables = new TreeSet<>();
        Stream<Record> options = Stream.of(
                        pipeline.sources().values().stream().map(Bound::options),
                        pipeline.steps().stream().map(Bound::options),
                        pipeline.checks().stream().map(Bound::options))
                .flatMap(each -> each);
        options.flatMap(record -> OptionValues.of(record, TableName.class).stream())
                .forEach(name -> {
                    TableId maker = name.id().maker();
                    if (byTable.containsKey(maker)) {
                        checkLayer(pipeline, name);
                        new ViewCheck(byTable, diagnostics).checkName(name);
                        tables.add(name.id());
                    } else if (!unreadable.contains(maker.table())) {
                        diagnostics.add(Diagnostic.error(
                                        Code.PLAN_UNKNOWN_TABLE,
                                        name.span(),
                                        "Cannot read " + name.id() + ": no pipeline defines this table",
                                        "")
                                .accepting(
                                        byTable.keySet().stream()
                                                .map(TableId::toString)
                                                .toList(),
                                        name.toString()));
                    }
                });
        return tables;
    }

    /** Resolves views: returns what a pipeline reads, and what the views among that read. */
    private static Set<TableId> withTablesOfViews(
            TableId reader, Map<TableId, Set<TableId>> reads, Map<TableId, Pipeline> byTable) {
        Set<TableId> all = new TreeSet<>();
        Deque<TableId> pending = new ArrayDeque<>(reads.get(reader));
        while (!pending.isEmpty()) {
            TableId table = pending.pop();
            if (all.add(table) && byTable.get(table.maker()).isView()) {
                pending.addAll(reads.get(table.maker()));
            }
        }
        return all;
    }

    private void checkLayer(Pipeline pipeline, TableName table) {
        Layer layer = project.layers().get(pipeline.id().layer());
        if (!layer.reads().contains(table.id().layer())) {
            diagnostics.add(Diagnostic.error(
                    Code.PLAN_LAYER,
                    table.span(),
                    "Cannot read " + table.id() + " from " + pipeline.id() + ": the layer '"
                            + pipeline.id().layer() + "' reads from " + String.join(" and ", layer.reads()) + " only",
                    "Add '" + table.id().layer() + "' to 'reads' of the layer in conf/project.yml to allow it."));
        }
    }

    private void reportCycle(List<TableId> cycle, Map<TableId, Pipeline> byTable) {
        diagnostics.add(Diagnostic.error(
                Code.PLAN_CYCLE,
                byTable.get(cycle.get(0)).span(),
                "Cannot order the pipelines: "
                        + cycle.stream().map(TableId::toString).collect(Collectors.joining(" -> "))
                        + " is a cycle ('a -> b' means a reads b)",
                "Break the cycle: let one of them read a table further upstream."));
    }

    private PipelinePlan plan(Pipeline pipeline, Set<TableId> tables, Map<TableId, Pipeline> byTable) {
        Map<String, ReadMode> modes = new LinkedHashMap<>();
        pipeline.sources().forEach((alias, source) -> modes.put(alias, mode(pipeline, alias, source)));
        new PipelineCheck(project, diagnostics).check(pipeline, modes);
        new ViewCheck(byTable, diagnostics).check(pipeline, modes);
        boolean landing = project.layers().get(pipeline.id().layer()).isLanding() && !pipeline.isView();
        return new PipelinePlan(
                pipeline,
                modes,
                tables,
                route(pipeline),
                landing ? PipelinePlan.Landing.FROM_OUTSIDE : PipelinePlan.Landing.FROM_THE_LAKE);
    }

    private ReadMode mode(Pipeline pipeline, String alias, Bound<SourceSettings> source) {
        boolean incremental = pipeline.target().component().has(Trait.INCREMENTAL);
        boolean input = alias.equals(pipeline.input());
        boolean timeTravel = source.settings().asOf().isPresent();
        ReadMode defaultMode = input && incremental && !timeTravel ? ReadMode.NEW : ReadMode.ALL;
        ReadMode mode = source.settings().read().orElse(defaultMode);
        if (timeTravel) {
            checkTimeTravel(alias, source, mode);
            return ReadMode.ALL;
        }
        boolean replacesPartitions = input && pipeline.target().component().has(Trait.REPLACES_PARTS);
        if (mode == ReadMode.NEW && defaultMode == ReadMode.ALL && !replacesPartitions) {
            diagnostics.add(Diagnostic.error(
                    Code.SPEC_CONFLICT,
                    source.span(),
                    input
                            ? "Cannot read incrementally: the mode '"
                                    + pipeline.target().component().name() + "' replaces the whole table"
                            : "Cannot read '" + alias + "' incrementally: only the input is read in batches,"
                                    + " other sources are read in full",
                    "Remove 'read: new'."));
        }
        return mode;
    }

    private void checkTimeTravel(String alias, Bound<SourceSettings> source, ReadMode mode) {
        boolean isTable = PipelinePlan.tableOf(source).isPresent();
        if (!isTable || mode == ReadMode.NEW) {
            diagnostics.add(Diagnostic.error(
                    Code.SPEC_CONFLICT,
                    source.span(),
                    isTable
                            ? "Cannot read '" + alias + "' incrementally: a past version does not change"
                            : "Cannot apply 'as_of' to '" + alias + "': only tables of this lake have versions",
                    isTable ? "Remove 'read: new'." : "Remove 'as_of'."));
        }
    }

    /** Returns the error for a step that combines several rows of an incremental batch. */
    public static Diagnostic acrossRowsError(String title, SourceSpan span) {
        return Diagnostic.error(
                Code.SPEC_ACROSS_ROWS,
                span,
                "Cannot use " + title
                        + " in an incremental read: it combines rows, and its result for one batch differs from that"
                        + " for the table",
                "Read all rows ('read: all' on the source), or do this in a downstream table of mode 'overwrite'.");
    }

    private static Route route(Pipeline pipeline) {
        boolean staged = pipeline.target().component().has(Trait.STAGED)
                || pipeline.checks().stream().anyMatch(Planner::needsStaging)
                || pipeline.steps().stream()
                        .anyMatch(step -> step.settings().onViolation().equals(Optional.of(OnViolation.FAIL)));
        boolean guarded = pipeline.checks().stream()
                .anyMatch(check -> check.settings().onViolation().equals(Optional.of(OnViolation.FAIL)));
        // A check that aborts the write itself would leave a table that already has its new columns.
        boolean evolving = pipeline.target().settings().onSchemaChange() != OnSchemaChange.FAIL;
        boolean hasNotNullColumns =
                pipeline.target().settings().columns().stream().anyMatch(column -> !column.nullable());
        return staged || hasNotNullColumns || (guarded && evolving)
                ? Route.STAGED
                : guarded ? Route.GUARDED : Route.DIRECT;
    }

    private static boolean needsStaging(Bound<CheckSettings> check) {
        return check.component().has(Trait.TABLE_RULE)
                || check.settings().maxViolations().isPresent()
                || check.settings().onViolation().orElse(OnViolation.QUARANTINE) == OnViolation.QUARANTINE;
    }
}
