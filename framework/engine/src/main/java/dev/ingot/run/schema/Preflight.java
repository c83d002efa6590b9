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

/** Checks pipelines with Spark's analyzer on empty tables, before anything is read or written. */
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
     * Compiles pipelines without rows.
     *
     * @param concerned in the plan's order; a pipeline comes after those that it reads
     * @param refreshMode whether the tables keep their columns
     * @param warnings receives what does not stop a run
     * @return the compiled pipelines, without archived ones, which do not run
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
                boolean incremental = refreshMode == RefreshMode.INCREMENTAL && !pipeline.isView();
                SchemaChange change = columns(pipeline.id())
                        .filter(existing -> incremental)
                        .map(existing -> SchemaChange.between(existing, result.schema()))
                        .orElseGet(() -> SchemaChange.none(result.schema()));
                SchemaCheck.check(plan, pipeline, change, diagnostics);
                if (incremental && columns(pipeline.id()).isPresent()) {
                    new TableAlterer(context, plan.project().values().run().id())
                            .check(new TableDefinition(pipeline), diagnostics);
                }
                tables.record(pipeline.id(), change.merged());
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

    /** Returns how the columns of a checked table will change. */
    public SchemaChange change(TableId table) {
        return changes.get(table);
    }

    /**
     * Returns, of the selected pipelines and those upstream of them, the ones that changed since they last wrote their
     * table, and those that read from such. The others were checked when they wrote it.
     */
    public List<PipelinePlan> changed(Set<TableId> selected) {
        Set<TableId> changed = new LinkedHashSet<>();
        List<PipelinePlan> concerned = new ArrayList<>();
        for (PipelinePlan pipeline : upstream(selected)) {
            boolean unchanged = context.store(pipeline.id())
                    .load()
                    .last()
                    .filter(last -> last.batch().fingerprint().equals(pipeline.fingerprint()))
                    .isPresent();
            if (!unchanged || pipeline.dependsOn().stream().anyMatch(changed::contains)) {
                changed.add(pipeline.id());
                concerned.add(pipeline);
            }
        }
        return concerned;
    }

    /** Returns the selected pipelines and all that are upstream of them, in the plan's order. */
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

    /** Returns the columns of the tables, as far as they are known. */
    public PlannedTables tables() {
        return tables;
    }

    /** Returns the columns of an existing table; empty for a table that was created outside Ingot. */
    private Optional<StructType> columns(TableId table) {
        return context.find(table)
                .filter(snapshot -> !snapshot.id().isEmpty())
                .map(snapshot -> DeltaTables.current(context.spark(), snapshot.location())
                        .schema());
    }
}
