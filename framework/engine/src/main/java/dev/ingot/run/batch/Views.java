package dev.ingot.run.batch;

import dev.ingot.compile.CompiledPlan;
import dev.ingot.compile.Inputs;
import dev.ingot.compile.PlannedTables;
import dev.ingot.component.input.Input;
import dev.ingot.component.input.PinnedTable;
import dev.ingot.component.rows.Columns;
import dev.ingot.definition.SourceSettings;
import dev.ingot.model.Bound;
import dev.ingot.names.TableId;
import dev.ingot.options.OptionValues;
import dev.ingot.options.TableName;
import dev.ingot.plan.LogicalPlan;
import dev.ingot.plan.PipelinePlan;
import dev.ingot.run.context.LakeContext;
import dev.ingot.run.schema.Preflight;
import dev.ingot.state.RefreshMode;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Compiles the views of a plan: a view has the rows of its pipeline at the table versions that its reader sees. */
public record Views(LakeContext context, LogicalPlan plan, PlannedTables tables, Consumer<String> warnings) {

    /**
     * Returns the rows of a view on the current tables.
     *
     * @throws dev.ingot.diagnostics.IngotException when the view has mistakes, or reads a table that is not built yet
     */
    public static Dataset<Row> now(LakeContext context, LogicalPlan plan, PipelinePlan view) {
        Preflight preflight = new Preflight(context, plan);
        List<PipelinePlan> views = plan.pipelines().stream()
                .filter(each -> each.isView())
                .filter(each -> each.id().equals(view.id()) || view.tables().contains(each.id()))
                .toList();
        preflight.check(views, RefreshMode.INCREMENTAL, warning -> {});
        PinnedVersions pins = new PinnedVersions();
        view.tables().forEach(id -> context.find(id).ifPresent(table -> pins.pin(id, table)));
        return new Views(context, plan, preflight.tables(), warning -> {}).rows(view, pins.all());
    }

    /** Returns the pipeline of a view; empty when the name is that of a table. */
    public Optional<PipelinePlan> find(TableId id) {
        return Optional.ofNullable(plan.byTable().get(id)).filter(found -> found.isView());
    }

    /** Returns the input of a batch that reads a view. */
    public Input input(PipelinePlan view, Map<String, PinnedTable> pins) {
        Map<String, PinnedTable> seen = new TreeMap<>(pins);
        seen.keySet().retainAll(view.tables().stream().map(TableId::toString).collect(Collectors.toSet()));
        String fingerprint = Stream.concat(
                        Stream.of(view), view.tables().stream().flatMap(table -> find(table).stream()))
                .map(each -> each.fingerprint())
                .collect(Collectors.joining("-"));
        return new Input.View(view.id().toString(), fingerprint, seen);
    }

    /**
     * Compiles a view at given versions, with its rules.
     *
     * @throws dev.ingot.diagnostics.IngotException when a table that it reads has not been built yet
     */
    public CompiledPlan compile(PipelinePlan view, Map<String, PinnedTable> pins) {
        Map<String, Input> inputs = new LinkedHashMap<>();
        view.definition().sources().forEach((alias, source) -> inputs.put(alias, input(source, pins)));
        return context.compiler(plan.project(), tables, warnings)
                .compile(view, new BatchInputs(context.spark(), inputs, pins, this));
    }

    /** Returns the rows of a view at given versions. */
    public Dataset<Row> rows(PipelinePlan view, Map<String, PinnedTable> pins) {
        CompiledPlan compiled = compile(view, pins);
        return compiled.checkedRows()
                .select(Columns.named(Arrays.asList(compiled.schema().fieldNames())));
    }

    private Input input(Bound<SourceSettings> source, Map<String, PinnedTable> pins) {
        TableName name = OptionValues.of(source.options(), TableName.class).get(0);
        Optional<PipelinePlan> view = find(name.id());
        if (view.isPresent()) {
            return input(view.get(), pins);
        }
        PinnedTable table =
                Optional.ofNullable(pins.get(name.toString())).orElseThrow(() -> Inputs.notBuiltError(name));
        return source.settings()
                .asOf()
                .map(moment -> timeTravel(source, table))
                .orElseGet(() -> new Input.Snapshot(name.toString(), table.tableId(), table.version()));
    }

    private Input timeTravel(Bound<SourceSettings> source, PinnedTable table) {
        return new TimeTravel(context).input(source, table);
    }
}
