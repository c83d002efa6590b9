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

/** What is wrong with a pipeline by itself, however well each of its parts is written: parts that do not go together. */
record PipelineCheck(Project project, Diagnostics diagnostics) {

    /**
     * Reports it.
     *
     * @param modes how much of each source a batch reads
     */
    void check(Pipeline pipeline, Map<String, ReadMode> modes) {
        checkOutside(pipeline);
        checkNames(pipeline);
        if (modes.containsKey(pipeline.input()) && modes.get(pipeline.input()) == ReadMode.NEW) {
            checkSteps(pipeline);
        }
        checkWhole(pipeline, modes);
        checkParts(pipeline);
        checkMade(pipeline);
        warnOfArrival(pipeline);
    }

    private void checkOutside(Pipeline pipeline) {
        Layer layer = project.layers().get(pipeline.id().layer());
        pipeline.sources().values().stream()
                .filter(source -> source.component().has(Trait.OUTSIDE) && !layer.landing())
                .forEach(source -> diagnostics.add(Diagnostic.error(
                        Code.PLAN_LAYER,
                        source.span(),
                        "Cannot read " + source.component().name() + " from " + pipeline.id() + ": the layer '"
                                + pipeline.id().layer() + "' reads from " + String.join(" and ", layer.reads())
                                + " only",
                        "Land the data in a layer that reads from outside first, or add 'outside' to 'reads' of the"
                                + " layer in conf/project.yml.")));
    }

    private void checkNames(Pipeline pipeline) {
        List<String> aliases = new ArrayList<>(pipeline.sources().keySet());
        if (!aliases.contains(pipeline.input())) {
            diagnostics.add(Diagnostic.error(
                            Code.PLAN_ALIAS,
                            pipeline.file().input().map(SourceName::span).orElse(pipeline.span()),
                            "Cannot start at the input '" + pipeline.input() + "': no source has this alias",
                            "")
                    .accepting(aliases, pipeline.input()));
        }
        pipeline.steps().stream()
                .flatMap(step -> OptionValues.of(step.options(), SourceName.class).stream())
                .filter(name -> !aliases.contains(name.alias()))
                .forEach(name -> diagnostics.add(Diagnostic.error(
                                Code.PLAN_ALIAS,
                                name.span(),
                                "Cannot use the source '" + name.alias() + "': the pipeline declares none of this name",
                                "Declare it under 'sources:'.")
                        .accepting(aliases, name.alias())));
    }

    private void checkSteps(Pipeline pipeline) {
        boolean newestWins = pipeline.target().options() instanceof KeyedOptions keyed
                && !keyed.sequenceBy().isEmpty();
        for (Bound<StepSettings> step : pipeline.steps()) {
            boolean harmless = newestWins && step.component().has(Trait.COLLAPSES);
            if (step.component().has(Trait.ACROSS_ROWS) && !harmless) {
                diagnostics.add(Planner.acrossRows(step.component().title(), step.span()));
            }
            OptionValues.of(step.options(), Expression.class).stream()
                    .filter(expression -> SqlText.hasWindow(expression.text()))
                    .forEach(expression -> diagnostics.add(Planner.acrossRows("a window function", expression.span())));
            if (step.options() instanceof AddsRows adding && adding.addsRows() && !newestWins) {
                diagnostics.add(addsRows(step));
            }
        }
    }

    private static Diagnostic addsRows(Bound<StepSettings> step) {
        return Diagnostic.error(
                Code.SPEC_ACROSS_ROWS,
                step.span(),
                "Cannot use " + step.component().title()
                        + " on new rows only: it adds rows of another source, and would add them with every batch",
                "Read everything ('read: all' beside the source), or merge by keys with 'sequence_by'.");
    }

    /** What is absent from a batch is gone only where the batch is the whole. */
    private void checkWhole(Pipeline pipeline, Map<String, ReadMode> modes) {
        boolean snapshots = Optional.ofNullable(pipeline.sources().get(pipeline.input()))
                .filter(input -> input.options() instanceof SnapshotOptions source && source.oneAtATime())
                .isPresent();
        pipeline.keyed()
                .filter(keyed -> keyed.absent() == KeyedOptions.Absent.DELETE)
                .filter(keyed -> modes.get(pipeline.input()) == ReadMode.NEW && !snapshots)
                .ifPresent(keyed -> diagnostics.add(Diagnostic.error(
                        Code.SPEC_CONFLICT,
                        pipeline.target().span(),
                        "Cannot delete what is absent: " + pipeline.id()
                                + " reads only what is new, and so a batch is not the whole",
                        "Write 'read: all' beside the source, or say that its files are snapshots"
                                + " ('snapshots: one_per_file').")));
    }

    private void checkParts(Pipeline pipeline) {
        boolean parted = !pipeline.target().settings().partitionBy().isEmpty()
                || !OptionValues.of(pipeline.target().options(), Expression.class)
                        .isEmpty();
        if (pipeline.target().component().has(Trait.REPLACES_PARTS) && !parted) {
            diagnostics.add(Diagnostic.error(
                    Code.SPEC_MISSING,
                    pipeline.target().span(),
                    "Cannot tell what " + pipeline.id() + " replaces: its target names neither partitions nor a"
                            + " condition",
                    "Add 'partition_by: [column]' or 'where: condition'."));
        }
    }

    /** Columns that Delta makes do not go with what writes them itself. */
    private void checkMade(Pipeline pipeline) {
        TargetSettings words = pipeline.target().settings();
        boolean counts = words.columns().stream().anyMatch(TargetSettings.ContractColumn::identity);
        boolean generates =
                words.columns().stream().anyMatch(column -> column.generated().isPresent());
        if (counts && words.onSchemaChange() == OnSchemaChange.WIDEN) {
            diagnostics.add(Diagnostic.error(
                    Code.SPEC_CONFLICT,
                    pipeline.target().span(),
                    "Cannot widen types in " + pipeline.id()
                            + ": Delta counts one of its columns, and lets nobody write" + " such rows anew",
                    "Say 'on_schema_change: add' or 'fail', or take 'identity' out of the contract."));
        }
        if (generates && pipeline.keyed().filter(KeyedOptions::patches).isPresent()) {
            diagnostics.add(Diagnostic.error(
                    Code.SPEC_CONFLICT,
                    pipeline.target().span(),
                    "Cannot leave values of " + pipeline.id() + " unchanged: what Delta generates of them is known of"
                            + " whole rows only",
                    "Take 'generated' out of the contract, or 'null_means: unchanged' out of the target."));
        }
    }

    private void warnOfArrival(Pipeline pipeline) {
        if (pipeline.target().options() instanceof KeyedOptions keyed) {
            keyed.sequenceBy().stream()
                    .filter(column -> TechnicalColumns.contains(column.name()))
                    .forEach(column -> diagnostics.add(Diagnostic.warning(
                            Code.PLAN_ARRIVAL,
                            column.span(),
                            "Cannot tell late rows from new ones in " + pipeline.id() + ": '" + column
                                    + "' says when a row arrived, not when it happened",
                            "Name a column under 'sequence_by' that the source itself counts or stamps.")));
        }
    }
}
