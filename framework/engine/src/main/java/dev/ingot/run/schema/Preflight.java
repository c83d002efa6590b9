package dev.ingot.run.schema;

import dev.ingot.compile.CompiledPlan;
import dev.ingot.compile.EmptyInputs;
import dev.ingot.compile.PlannedTables;
import dev.ingot.compile.SparkCompiler;
import dev.ingot.delta.DeltaTables;
import dev.ingot.diagnostics.Diagnostics;
import dev.ingot.diagnostics.IngotException;
import dev.ingot.names.TableId;
import dev.ingot.plan.LogicalPlan;
import dev.ingot.plan.PipelinePlan;
import dev.ingot.run.context.LakeContext;
import dev.ingot.state.RefreshMode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.apache.spark.sql.types.StructType;

/** Checks pipelines by Spark's analyser on empty tables, before anything is read or written. */
public final class Preflight {

    private final LakeContext context;
    private final LogicalPlan plan;
    private final PlannedTables tables;
    private final Map<TableId, SchemaChange> changes = new LinkedHashMap<>();

    public Preflight(LakeContext context, LogicalPlan plan) {
        this.context = context.newSession();
        this.plan = Objects.requireNonNull(plan, "plan");
        this.tables = new PlannedTables(plan, this::columns);
    }

    /**
     * The pipelines given, compiled without rows.
     *
     * @param concerned in the plan's order; one that reads from another comes after it
     * @param refreshMode whether the tables keep their columns
     * @param warnings is told what does not stop a run
     * @return without archived ones, which are not to run
     * @throws IngotException with every mistake of every pipeline
     */
    public Map<TableId, CompiledPlan> check(
            Collection<PipelinePlan> concerned, RefreshMode refreshMode, Consumer<String> warnings) {
        Diagnostics diagnostics = new Diagnostics();
        Map<TableId, CompiledPlan> compiled = new LinkedHashMap<>();
        Set<TableId> failed = new LinkedHashSet<>();
        SparkCompiler compiler = context.compiler(plan.project(), tables, warnings);
        for (PipelinePlan pipeline : concerned) {
            if (pipeline.isArchived()) {
                continue;
            }
            if (pipeline.dependsOn().stream().anyMatch(failed::contains)) {
                failed.add(pipeline.id());
                continue;
            }
            try {
                CompiledPlan result = compiler.compile(pipeline, new EmptyInputs(context.spark()));
                boolean kept = refreshMode == RefreshMode.INCREMENTAL && !pipeline.isView();
                SchemaChange change = columns(pipeline.id())
                        .filter(has -> kept)
                        .map(has -> SchemaChange.between(has, result.schema()))
                        .orElseGet(() -> SchemaChange.none(result.schema()));
                SchemaCheck.check(plan, pipeline, change, diagnostics);
                if (kept && columns(pipeline.id()).isPresent()) {
                    new TableAlterer(context, plan.project().values().run().id())
                            .check(new TableDefinition(pipeline), diagnostics);
                }
                tables.planned(pipeline.id(), change.merged());
                changes.put(pipeline.id(), change);
                compiled.put(pipeline.id(), result);
            } catch (IngotException mistakes) {
                mistakes.diagnostics().forEach(diagnostics::add);
                failed.add(pipeline.id());
            }
        }
        diagnostics.throwIfErrors();
        return Collections.unmodifiableMap(compiled);
    }

    /** How the columns of a table that was checked will change. */
    public SchemaChange change(TableId table) {
        return changes.get(table);
    }

    /**
     * Of the selected pipelines and all that they are built from, those that changed since they wrote their table last,
     * and those that read from such. The others were checked then.
     */
    public List<PipelinePlan> changed(Set<TableId> selected) {
        Set<TableId> changed = new LinkedHashSet<>();
        List<PipelinePlan> concerned = new ArrayList<>();
        for (PipelinePlan pipeline : upstream(selected)) {
            boolean asBefore = context.store(pipeline.id())
                    .load()
                    .last()
                    .filter(last -> last.batch().fingerprint().equals(pipeline.fingerprint()))
                    .isPresent();
            if (!asBefore || pipeline.dependsOn().stream().anyMatch(changed::contains)) {
                changed.add(pipeline.id());
                concerned.add(pipeline);
            }
        }
        return concerned;
    }

    /** The selected pipelines and all that they are built from, in the plan's order. */
    public List<PipelinePlan> upstream(Set<TableId> selected) {
        Map<TableId, PipelinePlan> byTable = plan.byTable();
        Set<TableId> wanted = new TreeSet<>(selected);
        Set<TableId> frontier = new TreeSet<>(selected);
        while (!frontier.isEmpty()) {
            Set<TableId> next = new TreeSet<>();
            frontier.forEach(id -> next.addAll(byTable.get(id).dependsOn()));
            next.removeAll(wanted);
            wanted.addAll(next);
            frontier = next;
        }
        return plan.pipelines().stream()
                .filter(each -> wanted.contains(each.id()))
                .toList();
    }

    /** What was learned of the tables' columns. */
    public PlannedTables tables() {
        return tables;
    }

    /** The columns of a table that there is; those of one that another hand made say nothing. */
    private Optional<StructType> columns(TableId table) {
        return context.find(table)
                .filter(head -> !head.id().isEmpty())
                .map(head ->
                        DeltaTables.current(context.spark(), head.location()).schema());
    }
}
