package dev.ingot.deploy;

import dev.ingot.definition.PipelineFile.Schedule;
import dev.ingot.diagnostics.Code;
import dev.ingot.diagnostics.Diagnostic;
import dev.ingot.diagnostics.Diagnostics;
import dev.ingot.diagnostics.SourceSpan;
import dev.ingot.names.TableId;
import dev.ingot.plan.LogicalPlan;
import dev.ingot.plan.PipelinePlan;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Splits a plan into jobs and tasks. Pipelines with the same schedule form one job; those without a schedule take that
 * of the environment. Archived pipelines do not run.
 */
final class JobPlanner {

    private final LogicalPlan plan;
    private final DeploySettings settings;

    JobPlanner(LogicalPlan plan, DeploySettings settings) {
        this.plan = plan;
        this.settings = settings;
    }

    /** Returns the jobs, ordered by name; reports a cyclic dependency among the tasks. */
    List<Job> jobs(Diagnostics diagnostics) {
        Map<Optional<Schedule>, List<PipelinePlan>> bySchedule = new LinkedHashMap<>();
        for (PipelinePlan pipeline : plan.pipelines()) {
            if (!pipeline.isArchived()) {
                bySchedule
                        .computeIfAbsent(
                                pipeline.definition().file().schedule().or(settings::schedule),
                                unused -> new ArrayList<>())
                        .add(pipeline);
            }
        }
        String id = plan.project().name() + "/" + plan.project().environment() + "/";
        List<Job> jobs = new ArrayList<>();
        bySchedule.forEach((schedule, pipelines) -> {
            String name = name(schedule, pipelines);
            jobs.add(new Job(id + name, name, schedule, sorted(tasks(pipelines), diagnostics)));
        });
        jobs.sort(Comparator.comparing(Job::name));
        return jobs;
    }

    /**
     * Returns the project's name, for pipelines with their own schedule followed by the first table that they make. The
     * name does not depend on the schedule, so a job keeps its identity when its schedule changes.
     */
    private String name(Optional<Schedule> schedule, List<PipelinePlan> pipelines) {
        String project = plan.project().name().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9_-]+", "_");
        if (schedule.equals(settings.schedule())) {
            return project;
        }
        TableId first = pipelines.stream()
                .map(PipelinePlan::id)
                .min(Comparator.naturalOrder())
                .orElseThrow();
        return project + "_" + first.layer() + "_" + first.table();
    }

    private List<Task> tasks(List<PipelinePlan> pipelines) {
        Map<String, Set<TableId>> members = new LinkedHashMap<>();
        Map<TableId, String> keys = new TreeMap<>();
        pipelines.forEach(pipeline -> {
            String key = key(pipeline.id());
            keys.put(pipeline.id(), key);
            members.computeIfAbsent(key, unused -> new TreeSet<>()).add(pipeline.id());
        });
        Map<TableId, PipelinePlan> all = plan.byTable();
        List<Task> tasks = new ArrayList<>();
        members.forEach((key, tables) -> {
            Set<String> upstream = new TreeSet<>();
            tables.forEach(table -> all.get(table).dependsOn().stream()
                    .filter(keys::containsKey)
                    .map(keys::get)
                    .forEach(upstream::add));
            upstream.remove(key);
            tasks.add(new Task(key, selection(key, tables), List.copyOf(upstream)));
        });
        return tasks;
    }

    /** Sorts the tasks topologically. Dependencies of pipelines are never cyclic; those of layers may be. */
    private List<Task> sorted(List<Task> tasks, Diagnostics diagnostics) {
        Map<String, Task> sorted = new LinkedHashMap<>();
        List<Task> remaining = new ArrayList<>(tasks);
        while (!remaining.isEmpty()) {
            List<Task> next = remaining.stream()
                    .filter(task -> sorted.keySet().containsAll(task.dependsOn()))
                    .toList();
            if (next.isEmpty()) {
                String cycle = remaining.stream().map(Task::key).collect(Collectors.joining(", "));
                diagnostics.add(Diagnostic.error(
                        Code.DEPLOY_PLATFORM,
                        SourceSpan.of("conf/env/" + plan.project().environment() + ".yml"),
                        "Cannot create a task for each layer: the layers " + cycle + " read from each other",
                        "Set 'tasks: pipeline' under 'deploy:'."));
                return tasks;
            }
            next.forEach(task -> sorted.put(task.key(), task));
            remaining.removeAll(next);
        }
        return List.copyOf(sorted.values());
    }

    private String key(TableId table) {
        return settings.tasks() == DeploySettings.Granularity.LAYER
                ? table.layer()
                : table.layer() + "_" + table.table();
    }

    private List<String> selection(String key, Set<TableId> tables) {
        boolean whole = settings.tasks() == DeploySettings.Granularity.LAYER
                && plan.pipelines().stream()
                        .filter(pipeline -> pipeline.id().layer().equals(key))
                        .filter(pipeline -> !pipeline.isArchived())
                        .allMatch(pipeline -> tables.contains(pipeline.id()));
        return whole
                ? List.of("layer:" + key)
                : tables.stream().map(TableId::toString).toList();
    }
}
