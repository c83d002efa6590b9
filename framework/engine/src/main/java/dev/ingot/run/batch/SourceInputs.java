package dev.ingot.run.batch;

import dev.ingot.compile.Inputs;
import dev.ingot.compile.PlannedTables;
import dev.ingot.component.Source;
import dev.ingot.component.SourceContext;
import dev.ingot.component.input.Cursor;
import dev.ingot.component.input.Input;
import dev.ingot.component.input.PinnedTable;
import dev.ingot.component.input.ReadMode;
import dev.ingot.definition.SourceSettings;
import dev.ingot.delta.DeltaTables;
import dev.ingot.diagnostics.Code;
import dev.ingot.diagnostics.Diagnostic;
import dev.ingot.diagnostics.IngotException;
import dev.ingot.model.Bound;
import dev.ingot.options.OptionValues;
import dev.ingot.options.TableName;
import dev.ingot.plan.LogicalPlan;
import dev.ingot.plan.PipelinePlan;
import dev.ingot.run.context.LakeContext;
import dev.ingot.state.BatchLog;
import dev.ingot.state.BatchRecord;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What each of a pipeline's sources gives, compared with what was read of it before.
 *
 * @param pins the versions of tables that the run sees
 * @param tables the columns of those that are planned
 * @param all the plan of the project as this run reads it, of which {@code plan} is one pipeline
 */
public record SourceInputs(
        LakeContext context,
        PinnedVersions pins,
        PlannedTables tables,
        LogicalPlan all,
        PipelinePlan plan,
        Consumer<String> warnings) {

    /** What is new; empty when nothing is. */
    public Optional<Input> pending(Bound<SourceSettings> source, ReadMode mode, Cursor cursor) {
        return fixed(source)
                .map(input -> Optional.of(input).filter(now -> !isLast(now, cursor)))
                .orElseGet(() -> component(source).pending(source.options(), mode, cursor, sourceContext()));
    }

    /** What has the same rows as were read last may lie in other files now. */
    public Input whole(Bound<SourceSettings> source, ReadMode mode, Cursor read) {
        return pending(source, mode, Cursor.start())
                .orElseGet(() -> read.inputs().get(read.inputs().size() - 1));
    }

    private boolean isLast(Input input, Cursor read) {
        if (read.inputs().isEmpty()) {
            return false;
        }
        Input last = read.inputs().get(read.inputs().size() - 1);
        return last.equals(input)
                || (input instanceof Input.View now && last instanceof Input.View then && isUnchanged(then, now));
    }

    private boolean isUnchanged(Input.View then, Input.View now) {
        return then.fingerprint().equals(now.fingerprint())
                && then.tables().keySet().equals(now.tables().keySet())
                && then.tables().entrySet().stream().allMatch(table -> {
                    PinnedTable was = table.getValue();
                    PinnedTable is = now.tables().get(table.getKey());
                    return was.tableId().equals(is.tableId())
                            && DeltaTables.hasSameRows(context.spark(), is.location(), was.version(), is.version());
                });
    }

    /** What a source gives of which no part is new: a table as it was, or a view. */
    private Optional<Input> fixed(Bound<SourceSettings> source) {
        if (source.settings().asOf().isPresent()) {
            TableName name = OptionValues.of(source.options(), TableName.class).get(0);
            PinnedTable table = pins.find(name.id()).orElseThrow(() -> Inputs.notBuilt(name));
            return Optional.of(new TimeTravel(context).input(source, table));
        }
        Views views = views(all);
        return PipelinePlan.tableOf(source).flatMap(views::find).map(view -> views.input(view, pins.all()));
    }

    Views views(LogicalPlan of) {
        return new Views(context, of, tables, warnings);
    }

    /** What was read of another source under the same alias says nothing about this one. */
    public Cursor cursor(String alias, Bound<SourceSettings> source, ReadMode mode, BatchLog log) {
        List<Input> read = log.cursor(alias).inputs();
        boolean ours = !read.isEmpty() && isOf(source, read.get(read.size() - 1));
        if (mode == ReadMode.NEW && !ours && log.last().isPresent()) {
            throw new IngotException(Diagnostic.error(
                    Code.DATA_FEED,
                    source.span(),
                    "Cannot tell what is new in source '" + alias + "': "
                            + (read.isEmpty()
                                    ? "the table holds rows, and none were read under this name"
                                    : "the batches so far read another source under this name"),
                    "Give the source the name and kind that it had, or build the table anew with --full-refresh."));
        }
        return ours ? new Cursor(read) : Cursor.start();
    }

    public boolean isOf(Bound<SourceSettings> source, Input read) {
        return read instanceof Input.View view
                ? PipelinePlan.tableOf(source)
                        .flatMap(views(all)::find)
                        .filter(now -> now.id().toString().equals(view.table()))
                        .isPresent()
                : component(source).reads(source.options(), read);
    }

    /** Whether an input can be read as it was; of views, by the plan of the run that began the batch. */
    boolean isAvailable(Bound<SourceSettings> source, Input input, BatchRecord batch, LogicalPlan then) {
        if (input instanceof Input.View) {
            Views views = views(then);
            return PipelinePlan.tableOf(source)
                    .flatMap(views::find)
                    .filter(view -> views.input(view, batch.tables()).equals(input))
                    .isPresent();
        }
        return isThere(source, input);
    }

    /** Whether an input that is no view can be read as it was. */
    public boolean isThere(Bound<SourceSettings> source, Input input) {
        return component(source).available(source.options(), input, sourceContext());
    }

    /** An input without what of it cannot be read. */
    Input withoutUnreadable(Bound<SourceSettings> source, Input input) {
        return component(source).withoutUnreadable(source.options(), input, sourceContext());
    }

    private SourceContext sourceContext() {
        return context.compiler(all.project(), tables, warnings)
                .context(plan, new BatchInputs(context.spark(), Map.of(), pins.all(), views(all)));
    }

    @SuppressWarnings("unchecked")
    private static Source<Record> component(Bound<SourceSettings> source) {
        return source.component().instantiate(Source.class);
    }
}
