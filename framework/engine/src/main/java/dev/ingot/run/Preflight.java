package dev.ingot.run;

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
import dev.ingot.state.Lake;
import io.delta.tables.DeltaTable;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;

/** Checks pipelines by Spark's analyser on empty tables, before anything is read or written. */
public final class Preflight {

    private final SparkSession spark;
    private final Configuration hadoop;
    private final LogicalPlan plan;
    private final PlannedTables tables;

    public Preflight(SparkSession spark, Configuration hadoop, LogicalPlan plan) {
        this.spark = Objects.requireNonNull(spark, "spark");
        this.hadoop = Objects.requireNonNull(hadoop, "hadoop");
        this.plan = Objects.requireNonNull(plan, "plan");
        this.tables = new PlannedTables(plan);
    }

    /**
     * The selected pipelines, compiled without rows; those that they read from are compiled too, to know their columns.
     *
     * @param warnings is told what does not stop a run
     * @throws IngotException with every mistake of every pipeline
     */
    public Map<TableId, CompiledPlan> check(Set<TableId> selected, RunRequest.Scope scope, Consumer<String> warnings) {
        Diagnostics diagnostics = new Diagnostics();
        Map<TableId, CompiledPlan> compiled = new LinkedHashMap<>();
        Set<TableId> failed = new LinkedHashSet<>();
        Lake lake = new Lake(plan.project().lake());
        for (PipelinePlan pipeline : concerned(selected)) {
            if (pipeline.dependsOn().stream().anyMatch(failed::contains)) {
                failed.add(pipeline.id());
                continue;
            }
            try {
                SparkSession session = SessionSettings.newSession(spark);
                CompiledPlan result = new SparkCompiler(session, hadoop, plan.project(), tables, warnings)
                        .compile(pipeline, new EmptyInputs(session));
                tables.planned(pipeline.id(), result.schema());
                if (selected.contains(pipeline.id())) {
                    compiled.put(pipeline.id(), result);
                    if (scope == RunRequest.Scope.NEW) {
                        checkTable(pipeline, result, session, lake, diagnostics);
                    }
                }
            } catch (IngotException mistakes) {
                mistakes.diagnostics().forEach(diagnostics::add);
                failed.add(pipeline.id());
            }
        }
        diagnostics.throwIfErrors();
        return Collections.unmodifiableMap(compiled);
    }

    /** What was learned of the tables' columns. */
    PlannedTables tables() {
        return tables;
    }

    private static void checkTable(
            PipelinePlan pipeline, CompiledPlan result, SparkSession session, Lake lake, Diagnostics diagnostics) {
        String location = lake.table(pipeline.id());
        if (DeltaTable.isDeltaTable(session, location)) {
            SchemaCheck.check(
                    pipeline, result.schema(), DeltaTables.current(session, location).schema(), diagnostics);
        }
    }

    /** The selected pipelines and all that they are built from, in the plan's order. */
    private Set<PipelinePlan> concerned(Set<TableId> selected) {
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
        Set<PipelinePlan> concerned = new LinkedHashSet<>();
        plan.pipelines().stream().filter(each -> wanted.contains(each.id())).forEach(concerned::add);
        return concerned;
    }
}
