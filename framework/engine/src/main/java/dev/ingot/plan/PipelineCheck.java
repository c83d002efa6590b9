package dev.ingot.plan;

import dev.ingot.component.AddsRows;
import dev.ingot.component.KeyedOptions;
import dev.ingot.component.SnapshotOptions;
import dev.ingot.component.Trait;
import dev.ingot.component.input.ReadMode;
import dev.ingot.component.rows.TechnicalColumns;
import dev.ingot.config.Layer;
import dev.ingot.config.Project;
import dev.ingot.definition.OnSchemaChange;
import dev.ingot.definition.StepSettings;
import dev.ingot.definition.TargetSettings;
import dev.ingot.diagnostics.Code;
import dev.ingot.diagnostics.Diagnostic;
import dev.ingot.diagnostics.Diagnostics;
import dev.ingot.model.Bound;
import dev.ingot.model.Pipeline;
import dev.ingot.options.Expression;
import dev.ingot.options.OptionValues;
import dev.ingot.options.SourceName;
import dev.ingot.options.SqlText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Checks a single pipeline for parts that are each valid but conflict with one another. */
record PipelineCheck(Project project, Diagnostics diagnostics) {

    /**
     * Reports the conflicts of a pipeline.
     *
     * @param modes how much of each source a batch reads
     */
    void check(Pipeline pipeline, Map<String, ReadMode> modes) {
        checkExternalSources(pipeline);
        checkAliases(pipeline);
        if (modes.containsKey(pipeline.input()) && modes.get(pipeline.input()) == ReadMode.NEW) {
            checkIncrementalSteps(pipeline);
        }
        checkDeletesAbsentKeys(pipeline, modes);
        checkReplacedPartitions(pipeline);
        checkGeneratedColumns(pipeline);
        warnAboutArrivalOrder(pipeline);
    }

    private void checkExternalSources(Pipeline pipeline) {
        Layer layer = project.layers().get(pipeline.id().layer());
        pipeline.sources().values().stream()
                .filter(source -> source.component().has(Trait.OUTSIDE) && !layer.isLanding())
                .forEach(source -> diagnostics.add(Diagnostic.error(
                        Code.PLAN_LAYER,
                        source.span(),
                        "Cannot read " + source.component().name() + " from " + pipeline.id() + ": the layer '"
                                + pipeline.id().layer() + "' reads from " + String.join(" and ", layer.reads())
                                + " only",
                        "Land the data in a layer that reads from outside first, or add 'outside' to 'reads' of the"
                                + " layer in conf/project.yml.")));
    }

    private void checkAliases(Pipeline pipeline) {
        List<String> aliases = new ArrayList<>(pipeline.sources().keySet());
        if (!aliases.contains(pipeline.input())) {
            diagnostics.add(Diagnostic.error(
                            Code.PLAN_ALIAS,
                            pipeline.file().input().map(SourceName::span).orElse(pipeline.span()),
                            "Cannot use the input '" + pipeline.input() + "': no source has this alias",
                            "")
                    .accepting(aliases, pipeline.input()));
        }
        pipeline.steps().stream()
                .flatMap(step -> OptionValues.of(step.options(), SourceName.class).stream())
                .filter(name -> !aliases.contains(name.alias()))
                .forEach(name -> diagnostics.add(Diagnostic.error(
                                Code.PLAN_ALIAS,
                                name.span(),
                                "Cannot use the source '" + name.alias() + "': the pipeline declares no source"
                                        + " with this alias",
                                "Declare it under 'sources:'.")
                        .accepting(aliases, name.alias())));
    }

    private void checkIncrementalSteps(Pipeline pipeline) {
        boolean newestWins = pipeline.target().options() instanceof KeyedOptions keyed
                && !keyed.sequenceBy().isEmpty();
        for (Bound<StepSettings> step : pipeline.steps()) {
            boolean safe = newestWins && step.component().has(Trait.COLLAPSES);
            if (step.component().has(Trait.ACROSS_ROWS) && !safe) {
                diagnostics.add(Planner.acrossRowsError(step.component().title(), step.span()));
            }
            OptionValues.of(step.options(), Expression.class).stream()
                    .filter(expression -> SqlText.hasWindow(expression.text()))
                    .forEach(expression ->
                            diagnostics.add(Planner.acrossRowsError("a window function", expression.span())));
            if (step.options() instanceof AddsRows option && option.addsRows() && !newestWins) {
                diagnostics.add(addsRows(step));
            }
        }
    }

    private static Diagnostic addsRows(Bound<StepSettings> step) {
        return Diagnostic.error(
                Code.SPEC_ACROSS_ROWS,
                step.span(),
                "Cannot use " + step.component().title()
                        + " in an incremental read: it adds rows of another source, and would add them again"
                        + " with every batch",
                "Read all rows ('read: all' on the source), or merge by keys with 'sequence_by'.");
    }

    /** A key that is absent from a batch counts as deleted only if the batch is a full snapshot. */
    private void checkDeletesAbsentKeys(Pipeline pipeline, Map<String, ReadMode> modes) {
        boolean readsSnapshots = Optional.ofNullable(pipeline.sources().get(pipeline.input()))
                .filter(input -> input.options() instanceof SnapshotOptions source && source.snapshotPerBatch())
                .isPresent();
        pipeline.keyed()
                .filter(keyed -> keyed.absent() == KeyedOptions.Absent.DELETE)
                .filter(keyed -> modes.get(pipeline.input()) == ReadMode.NEW && !readsSnapshots)
                .ifPresent(keyed -> diagnostics.add(Diagnostic.error(
                        Code.SPEC_CONFLICT,
                        pipeline.target().span(),
                        "Cannot delete absent keys: " + pipeline.id()
                                + " reads incrementally, so a batch is not a full snapshot",
                        "Set 'read: all' on the source, or declare its files as full snapshots"
                                + " ('snapshots: one_per_file').")));
    }

    private void checkReplacedPartitions(Pipeline pipeline) {
        boolean hasScope = !pipeline.target().settings().partitionBy().isEmpty()
                || !OptionValues.of(pipeline.target().options(), Expression.class)
                        .isEmpty();
        if (pipeline.target().component().has(Trait.REPLACES_PARTS) && !hasScope) {
            diagnostics.add(Diagnostic.error(
                    Code.SPEC_MISSING,
                    pipeline.target().span(),
                    "Cannot determine what " + pipeline.id() + " replaces: its target declares neither partitions nor a"
                            + " condition",
                    "Add 'partition_by: [column]' or 'where: condition'."));
        }
    }

    /** Columns whose values Delta generates conflict with writes that set those values. */
    private void checkGeneratedColumns(Pipeline pipeline) {
        TargetSettings target = pipeline.target().settings();
        boolean hasIdentity = target.columns().stream().anyMatch(TargetSettings.ContractColumn::identity);
        boolean hasGenerated =
                target.columns().stream().anyMatch(column -> column.generated().isPresent());
        if (hasIdentity && target.onSchemaChange() == OnSchemaChange.WIDEN) {
            diagnostics.add(Diagnostic.error(
                    Code.SPEC_CONFLICT,
                    pipeline.target().span(),
                    "Cannot widen types in " + pipeline.id()
                            + ": it has an identity column, and Delta does not allow such rows to be rewritten",
                    "Set 'on_schema_change: add' or 'fail', or remove 'identity' from the contract."));
        }
        if (hasGenerated
                && pipeline.keyed().filter(KeyedOptions::partialUpdates).isPresent()) {
            diagnostics.add(Diagnostic.error(
                    Code.SPEC_CONFLICT,
                    pipeline.target().span(),
                    "Cannot apply partial updates to " + pipeline.id() + ": Delta computes its generated columns from"
                            + " complete rows only",
                    "Remove 'generated' from the contract, or 'null_means: unchanged' from the target."));
        }
    }

    private void warnAboutArrivalOrder(Pipeline pipeline) {
        if (pipeline.target().options() instanceof KeyedOptions keyed) {
            keyed.sequenceBy().stream()
                    .filter(column -> TechnicalColumns.contains(column.name()))
                    .forEach(column -> diagnostics.add(Diagnostic.warning(
                            Code.PLAN_ARRIVAL,
                            column.span(),
                            "Cannot distinguish late events from new ones in " + pipeline.id() + ": '" + column
                                    + "' records when a row arrived, not when the event happened",
                            "Use a column under 'sequence_by' that the source itself sets, such as an event time or a"
                                    + " sequence number.")));
        }
    }
}
