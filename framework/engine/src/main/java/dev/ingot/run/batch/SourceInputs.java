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
 * Determines what the sources of a pipeline have, compared with what was read from them before.
 *
 * @param pins the versions of tables that the run reads
 * @param tables the columns of the planned tables
 * @param all the plan of the project with the values of this run, of which {@code plan} is one pipeline
 */
public record SourceInputs(
        LakeContext context,
        PinnedVersions pins,
        PlannedTables tables,
        LogicalPlan all,
        PipelinePlan plan,
        Consumer<String> warnings) {

    /** Returns what is new in a source; empty when nothing is. */
    public Optional<Input> pending(Bound<SourceSettings> source, ReadMode mode, Cursor cursor) {
        return nonIncremental(source)
                .map(input -> Optional.of(input).filter(now -> !isLast(now, cursor)))
                .orElseGet(() -> component(source).pending(source.options(), mode, cursor, sourceContext()));
    }

    /** Returns all that a source has. It is listed again, because the rows read last may be in other files now. */
    public Input full(Bound<SourceSettings> source, ReadMode mode, Cursor read) {
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

    /** Returns the input of a source that is not read incrementally: a past version of a table, or a view. */
    private Optional<Input> nonIncremental(Bound<SourceSettings> source) {
        if (source.settings().asOf().isPresent()) {
            TableName name = OptionValues.of(source.options(), TableName.class).get(0);
            PinnedTable table = pins.find(name.id()).orElseThrow(() -> Inputs.notBuiltError(name));
            return Optional.of(new TimeTravel(context).input(source, table));
        }
        Views views = views(all);
        return PipelinePlan.tableOf(source).flatMap(views::find).map(view -> views.input(view, pins.all()));
    }

    Views views(LogicalPlan of) {
        return new Views(context, of, tables, warnings);
    }

    /** Returns what was read from a source; what was read from another one under the same alias does not count. */
    public Cursor cursor(String alias, Bound<SourceSettings> source, ReadMode mode, BatchLog log) {
        List<Input> read = log.cursor(alias).inputs();
        boolean sameSource = !read.isEmpty() && isOf(source, read.get(read.size() - 1));
        if (mode == ReadMode.NEW && !sameSource && log.last().isPresent()) {
            throw new IngotException(Diagnostic.error(
                    Code.DATA_FEED,
                    source.span(),
                    "Cannot determine what is new in source '" + alias + "': "
                            + (read.isEmpty()
                                    ? "the table has rows, but none were read under this name"
                                    : "the batches so far read another source under this name"),
                    "Give the source its previous name and kind, or rebuild the table with --full-refresh."));
        }
        return sameSource ? new Cursor(read) : Cursor.start();
    }

    /** Returns whether an input was read from a source. */
    public boolean isOf(Bound<SourceSettings> source, Input read) {
        return read instanceof Input.View view
                ? PipelinePlan.tableOf(source)
                        .flatMap(views(all)::find)
                        .filter(now -> now.id().toString().equals(view.table()))
                        .isPresent()
                : component(source).reads(source.options(), read);
    }

    /** Returns whether an input can be read unchanged; a view by the plan of the run that began the batch. */
    boolean isAvailable(Bound<SourceSettings> source, Input input, BatchRecord batch, LogicalPlan then) {
        if (input instanceof Input.View) {
            Views views = views(then);
            return PipelinePlan.tableOf(source)
                    .flatMap(views::find)
                    .filter(view -> views.input(view, batch.tables()).equals(input))
                    .isPresent();
        }
        return isAvailable(source, input);
    }

    /** Returns whether an input that is not a view can be read unchanged. */
    public boolean isAvailable(Bound<SourceSettings> source, Input input) {
        return component(source).available(source.options(), input, sourceContext());
    }

    /** Returns an input without its unreadable parts. */
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
