package dev.ingot.plan;

import dev.ingot.config.Project;
import dev.ingot.names.TableId;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * Holds the plans of all pipelines of a project.
 *
 * @param pipelines in topological order: each pipeline after those that it reads from
 */
public record LogicalPlan(Project project, List<PipelinePlan> pipelines) {

    public LogicalPlan {
        Objects.requireNonNull(project, "project");
        pipelines = List.copyOf(pipelines);
    }

    /** Returns the pipelines by the table that they build. */
    public Map<TableId, PipelinePlan> byTable() {
        Map<TableId, PipelinePlan> plans = new TreeMap<>();
        pipelines.forEach(plan -> plans.put(plan.id(), plan));
        return Collections.unmodifiableMap(plans);
    }
}
