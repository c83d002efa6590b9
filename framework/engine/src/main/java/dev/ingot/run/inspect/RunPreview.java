package dev.ingot.run.inspect;

import dev.ingot.compile.CompiledPlan;
import dev.ingot.component.Source;
import dev.ingot.component.SourceContext;
import dev.ingot.component.input.Input;
import dev.ingot.component.input.ReadMode;
import dev.ingot.definition.SourceSettings;
import dev.ingot.model.Bound;
import dev.ingot.names.TableId;
import dev.ingot.plan.LogicalPlan;
import dev.ingot.plan.PipelinePlan;
import dev.ingot.run.batch.BatchInputs;
import dev.ingot.run.batch.InputSummary;
import dev.ingot.run.batch.PinnedVersions;
import dev.ingot.run.batch.Views;
import dev.ingot.run.context.LakeContext;
import dev.ingot.run.schema.Preflight;
import dev.ingot.run.schema.TableAlterer;
import dev.ingot.run.schema.TableDefinition;
import dev.ingot.state.BatchLog;
import dev.ingot.state.RefreshMode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.types.StructType;

/** Previews what a run would do, without doing it. */
public final class RunPreview {

    private static final String NOTHING = "nothing new";

    private final LakeContext context;
    private final LogicalPlan plan;

    public RunPreview(LakeContext context, LogicalPlan plan) {
        this.context = Objects.requireNonNull(context, "context");
        this.plan = Objects.requireNonNull(plan, "plan");
    }

    /**
     * The preview of one table.
     *
     * @param action "new table", "new rows", "nothing new", "view", "archived"
     * @param inputs a summary of what would be read now, by source
     * @param columns the table's columns
     * @param changes how an existing table would be altered, as phrases
     */
    public record Line(
            PipelinePlan plan, String action, Map<String, String> inputs, StructType columns, List<String> changes) {
        public Line {
            Objects.requireNonNull(plan, "plan");
            Objects.requireNonNull(action, "action");
            inputs = Collections.unmodifiableMap(new LinkedHashMap<>(inputs));
            Objects.requireNonNull(columns, "columns");
            changes = List.copyOf(changes);
        }
    }

    /**
     * Previews the selected tables, in the order of a run.
     *
     * @throws dev.ingot.diagnostics.IngotException with every mistake that Spark's analyzer finds
     */
    public List<Line> of(Set<TableId> selected) {
        Preflight preflight = new Preflight(context, plan);
        Map<TableId, CompiledPlan> compiled =
                preflight.check(preflight.upstream(selected), RefreshMode.INCREMENTAL, warning -> {});
        PinnedVersions pins = pins();
        List<Line> lines = new ArrayList<>(archived(selected));
        Set<TableId> written = new LinkedHashSet<>();
        for (CompiledPlan each : compiled.values()) {
            if (!selected.contains(each.plan().id())) {
                continue;
            }
            Line line = line(each, preflight, pins, written);
            if (!line.action().equals(NOTHING) && !each.plan().isView()) {
                written.add(each.plan().id());
            }
            lines.add(line);
        }
        return lines;
    }

    private List<Line> archived(Set<TableId> selected) {
        return plan.pipelines().stream()
                .filter(pipeline -> selected.contains(pipeline.id()) && pipeline.isArchived())
                .map(pipeline -> new Line(pipeline, "archived", Map.of(), new StructType(), List.of()))
                .toList();
    }

    private Line line(CompiledPlan compiled, Preflight preflight, PinnedVersions pins, Set<TableId> written) {
        PipelinePlan pipeline = compiled.plan();
        Map<String, String> inputs = new LinkedHashMap<>();
        boolean changed = false;
        BatchLog log = context.store(pipeline.id()).load();
        Views views = new Views(context, plan, preflight.tables(), warning -> {});
        SourceContext sourceContext = context.newSession()
                .compiler(plan.project(), preflight.tables(), warning -> {})
                .context(pipeline, new BatchInputs(context.spark(), Map.of(), pins.all(), views));
        for (Map.Entry<String, Bound<SourceSettings>> source :
                pipeline.definition().sources().entrySet()) {
            Optional<TableId> upstream = PipelinePlan.tableOf(source.getValue());
            Optional<TableId> rewritten = upstream.filter(table -> written.contains(table.maker()));
            Optional<PipelinePlan> view = upstream.flatMap(views::find);
            if (view.isPresent()) {
                Input now = views.input(view.get(), pins.all());
                List<Input> read = log.cursor(source.getKey()).inputs();
                boolean same = !read.isEmpty() && read.get(read.size() - 1).equals(now);
                boolean still = view.get().tables().stream().map(TableId::maker).noneMatch(written::contains);
                inputs.put(source.getKey(), InputSummary.of(now));
                changed |= !(same && still) && isInput(pipeline, source.getKey());
            } else if (rewritten.isPresent()) {
                inputs.put(source.getKey(), "what this run writes to " + rewritten.get());
                changed |= isInput(pipeline, source.getKey());
            } else if (upstream.isPresent() && pins.find(upstream.get()).isEmpty()) {
                inputs.put(source.getKey(), "not built yet");
            } else {
                Optional<String> pending = pending(source, pipeline, log, sourceContext);
                pending.ifPresent(summary -> inputs.put(source.getKey(), summary));
                changed |= pending.isPresent() && isInput(pipeline, source.getKey());
            }
        }
        boolean exists = pins.find(pipeline.id()).isPresent();
        String action = pipeline.isView() ? "view" : !exists ? "new table" : changed ? "new rows" : NOTHING;
        return new Line(pipeline, action, inputs, compiled.schema(), exists ? changes(compiled, preflight) : List.of());
    }

    /** Returns the changes of the columns, and the other alterations. */
    private List<String> changes(CompiledPlan compiled, Preflight preflight) {
        List<String> phrases =
                new ArrayList<>(preflight.change(compiled.plan().id()).descriptions());
        new TableAlterer(context, plan.project().values().run().id())
                .alterations(new TableDefinition(compiled.plan()))
                .forEach(alteration -> phrases.add(alteration.summary()));
        return phrases;
    }

    private static boolean isInput(PipelinePlan pipeline, String alias) {
        return pipeline.inputMode() == ReadMode.ALL
                || alias.equals(pipeline.definition().input());
    }

    @SuppressWarnings("unchecked")
    private static Optional<String> pending(
            Map.Entry<String, Bound<SourceSettings>> source,
            PipelinePlan pipeline,
            BatchLog log,
            SourceContext context) {
        Bound<SourceSettings> bound = source.getValue();
        Source<Record> component = bound.component().instantiate(Source.class);
        return component
                .pending(bound.options(), pipeline.reads().get(source.getKey()), log.cursor(source.getKey()), context)
                .map(InputSummary::of);
    }

    private PinnedVersions pins() {
        PinnedVersions pins = new PinnedVersions();
        for (PipelinePlan pipeline : plan.pipelines()) {
            Set<TableId> tables = new LinkedHashSet<>(pipeline.tables());
            tables.removeIf(table -> !table.isQuarantine());
            tables.add(pipeline.id());
            tables.forEach(id -> context.find(id).ifPresent(table -> pins.pin(id, table)));
        }
        return pins;
    }
}
