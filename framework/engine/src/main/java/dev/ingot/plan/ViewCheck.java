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
 * What a view cannot be, and what cannot be asked of one: it has no rows, so no layout, nothing held back, no past, and
 * no feed of changes.
 *
 * @param pipelines all of them, by their tables
 */
record ViewCheck(Map<TableId, Pipeline> pipelines, Diagnostics diagnostics) {

    /**
     * Reports it.
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

    /** Reports what cannot be read of a table because a view or nothing stands for it. */
    void checkName(TableName name) {
        Pipeline maker = pipelines.get(name.id().maker());
        if (maker.isView() && maker.isArchived()) {
            refuse(
                    name.span(),
                    "Cannot read " + name + ": the view is archived",
                    "Read something else, or remove 'archived: true' from "
                            + maker.span().file() + ".");
        } else if (maker.isView() && name.id().isQuarantine()) {
            refuse(name.span(), "Cannot read " + name + ": a view holds nothing back", "Read " + maker.id() + ".");
        }
    }

    private void checkTarget(Pipeline view) {
        TargetSettings words = view.target().settings();
        List<String> unfit = new ArrayList<>();
        add(unfit, !words.partitionBy().isEmpty(), "partition_by");
        add(unfit, !words.clusterBy().isEmpty(), "cluster_by");
        add(unfit, !words.constraints().isEmpty(), "constraints");
        add(unfit, !words.properties().isEmpty(), "properties");
        add(unfit, words.deletionVectors().isPresent(), "deletion_vectors");
        add(
                unfit,
                words.columns().stream().anyMatch(column -> column.generated().isPresent()),
                "generated");
        add(unfit, words.columns().stream().anyMatch(TargetSettings.ContractColumn::identity), "identity");
        if (!unfit.isEmpty()) {
            refuse(
                    view.target().span(),
                    "Cannot make " + view.id() + " a view with " + String.join(", ", unfit)
                            + ": it has no rows of its own to lay or to guard",
                    "Remove it, or make a table ('mode: overwrite').");
        }
    }

    private static void add(List<String> unfit, boolean said, String word) {
        if (said) {
            unfit.add("'" + word + "'");
        }
    }

    private void checkSources(Pipeline view) {
        view.sources().values().stream()
                .filter(source -> source.component().has(Trait.OUTSIDE))
                .forEach(source -> refuse(
                        source.span(),
                        "Cannot read " + source.component().name() + " in the view " + view.id()
                                + ": what it gives must not change while a run looks at it",
                        "Land the data in a table, and read that."));
    }

    /** There is nowhere to keep a row. */
    private void checkActions(Pipeline view) {
        view.checks().stream()
                .filter(check -> check.settings()
                        .onViolation()
                        .filter(action -> action == OnViolation.QUARANTINE || action == OnViolation.DROP)
                        .isPresent())
                .forEach(check -> refuse(
                        check.span(),
                        "Cannot keep rows out of the view " + view.id() + ": it holds nothing back",
                        "Say 'on_violation: fail' or 'warn', or leave the rows out with a 'filter' step."));
        view.steps().stream()
                .filter(step -> step.settings()
                        .onViolation()
                        .filter(OnViolation.QUARANTINE::equals)
                        .isPresent())
                .forEach(step -> refuse(
                        step.span(),
                        "Cannot keep rows of the view " + view.id() + " in quarantine: it has none",
                        "Say 'on_violation: fail' or 'drop'."));
    }

    private void checkRead(String alias, Bound<SourceSettings> source, ReadMode mode) {
        Optional<Pipeline> view = PipelinePlan.tableOf(source)
                .map(TableId::maker)
                .map(pipelines::get)
                .filter(Pipeline::isView);
        if (view.isPresent() && source.settings().asOf().isPresent()) {
            refuse(
                    source.span(),
                    "Cannot read '" + alias + "' as it was: a view has no past of its own",
                    "Say 'as_of' beside the sources of " + view.get().id() + ", or remove it.");
        } else if (view.isPresent() && mode == ReadMode.NEW) {
            refuse(
                    source.span(),
                    "Cannot read only what is new of '" + alias + "': a view keeps no record of its changes",
                    "Write 'read: all' beside it where the target merges or replaces; or make a table of "
                            + view.get().id() + ".");
        }
    }

    private void refuse(SourceSpan place, String what, String remedy) {
        diagnostics.add(Diagnostic.error(Code.SPEC_CONFLICT, place, what, remedy));
    }
}
