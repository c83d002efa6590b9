package dev.ingot.plan;

import dev.ingot.component.Trait;
import dev.ingot.component.input.ReadMode;
import dev.ingot.definition.OnViolation;
import dev.ingot.definition.SourceSettings;
import dev.ingot.definition.TargetSettings;
import dev.ingot.diagnostics.Code;
import dev.ingot.diagnostics.Diagnostic;
import dev.ingot.diagnostics.Diagnostics;
import dev.ingot.diagnostics.SourceSpan;
import dev.ingot.model.Bound;
import dev.ingot.model.Pipeline;
import dev.ingot.names.TableId;
import dev.ingot.options.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Checks the definitions of views and the reads of views. A view stores no rows, so it has no layout, no quarantine, no
 * versions and no change feed.
 *
 * @param pipelines all pipelines by their tables
 */
record ViewCheck(Map<TableId, Pipeline> pipelines, Diagnostics diagnostics) {

    /**
     * Reports the conflicts of a pipeline that is a view or reads views.
     *
     * @param modes how much of each source a batch reads
     */
    void check(Pipeline pipeline, Map<String, ReadMode> modes) {
        if (pipeline.isView()) {
            checkTarget(pipeline);
            checkSources(pipeline);
            checkActions(pipeline);
        }
        pipeline.sources().forEach((alias, source) -> checkRead(alias, source, modes.get(alias)));
    }

    /** Reports the read of an archived view, and of the quarantine of a view. */
    void checkName(TableName name) {
        Pipeline maker = pipelines.get(name.id().maker());
        if (maker.isView() && maker.isArchived()) {
            reportConflict(
                    name.span(),
                    "Cannot read " + name + ": the view is archived",
                    "Read another table, or remove 'archived: true' from "
                            + maker.span().file() + ".");
        } else if (maker.isView() && name.id().isQuarantine()) {
            reportConflict(
                    name.span(), "Cannot read " + name + ": a view has no quarantine", "Read " + maker.id() + ".");
        }
    }

    private void checkTarget(Pipeline view) {
        TargetSettings target = view.target().settings();
        List<String> unsupported = new ArrayList<>();
        addIf(unsupported, !target.partitionBy().isEmpty(), "partition_by");
        addIf(unsupported, !target.clusterBy().isEmpty(), "cluster_by");
        addIf(unsupported, !target.constraints().isEmpty(), "constraints");
        addIf(unsupported, !target.properties().isEmpty(), "properties");
        addIf(unsupported, target.deletionVectors().isPresent(), "deletion_vectors");
        addIf(
                unsupported,
                target.columns().stream().anyMatch(column -> column.generated().isPresent()),
                "generated");
        addIf(unsupported, target.columns().stream().anyMatch(TargetSettings.ContractColumn::identity), "identity");
        if (!unsupported.isEmpty()) {
            reportConflict(
                    view.target().span(),
                    "Cannot define " + view.id() + " as a view with " + String.join(", ", unsupported)
                            + ": a view stores no rows of its own",
                    "Remove it, or write a table ('mode: overwrite').");
        }
    }

    private static void addIf(List<String> unsupported, boolean declared, String key) {
        if (declared) {
            unsupported.add("'" + key + "'");
        }
    }

    private void checkSources(Pipeline view) {
        view.sources().values().stream()
                .filter(source -> source.component().has(Trait.OUTSIDE))
                .forEach(source -> reportConflict(
                        source.span(),
                        "Cannot read " + source.component().name() + " in the view " + view.id()
                                + ": its rows must not change during a run",
                        "Land the data in a table, and read the table."));
    }

    /** A view has no quarantine, and its checks cannot remove rows. */
    private void checkActions(Pipeline view) {
        view.checks().stream()
                .filter(check -> check.settings()
                        .onViolation()
                        .filter(action -> action == OnViolation.QUARANTINE || action == OnViolation.DROP)
                        .isPresent())
                .forEach(check -> reportConflict(
                        check.span(),
                        "Cannot reject rows of the view " + view.id() + ": its checks cannot remove rows",
                        "Set 'on_violation: fail' or 'warn', or remove the rows with a 'filter' step."));
        view.steps().stream()
                .filter(step -> step.settings()
                        .onViolation()
                        .filter(OnViolation.QUARANTINE::equals)
                        .isPresent())
                .forEach(step -> reportConflict(
                        step.span(),
                        "Cannot quarantine rows of the view " + view.id() + ": a view has no quarantine",
                        "Set 'on_violation: fail' or 'drop'."));
    }

    private void checkRead(String alias, Bound<SourceSettings> source, ReadMode mode) {
        Optional<Pipeline> view = PipelinePlan.tableOf(source)
                .map(TableId::maker)
                .map(pipelines::get)
                .filter(Pipeline::isView);
        if (view.isPresent() && source.settings().asOf().isPresent()) {
            reportConflict(
                    source.span(),
                    "Cannot apply 'as_of' to '" + alias + "': a view has no versions of its own",
                    "Set 'as_of' on the sources of " + view.get().id() + ", or remove it.");
        } else if (view.isPresent() && mode == ReadMode.NEW) {
            reportConflict(
                    source.span(),
                    "Cannot read '" + alias + "' incrementally: a view has no change feed",
                    "Set 'read: all' on it if the target merges or replaces, or make a table of "
                            + view.get().id() + ".");
        }
    }

    private void reportConflict(SourceSpan place, String what, String remedy) {
        diagnostics.add(Diagnostic.error(Code.SPEC_CONFLICT, place, what, remedy));
    }
}
