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
 * Cuts a plan into jobs and tasks. Pipelines of one schedule are one job, those without a schedule take that of the
 * environment. Archived pipelines are not run.
 */
final class JobPlanner {

    private final LogicalPlan plan;
    private final DeploySettings words;

    JobPlanner(LogicalPlan plan, DeploySettings words) {
        this.plan = plan;
        this.words = words;
    }

    /** The jobs by name; a circle among the tasks is reported. */
    List<Job> jobs(Diagnostics diagnostics) {
        Map<Optional<Schedule>, List<PipelinePlan>> bySchedule = new LinkedHashMap<>();
        for (PipelinePlan pipeline : plan.pipelines()) {
            if (!pipeline.isArchived()) {
                bySchedule
                        .computeIfAbsent(
                                pipeline.definition().file().schedule().or(words::schedule), first -> new ArrayList<>())
                        .add(pipeline);
            }
        }
        String id = plan.project().name() + "/" + plan.project().environment() + "/";
        List<Job> jobs = new ArrayList<>();
        bySchedule.forEach((schedule, pipelines) -> {
            String name = name(schedule, pipelines);
            jobs.add(new Job(id + name, name, schedule, ordered(tasks(pipelines), diagnostics)));
        });
        jobs.sort(Comparator.comparing(Job::name));
        return jobs;
    }

    /**
     * The project's name, and for pipelines of a schedule of their own the first table that they make: so the job stays
     * the same one when its schedule changes.
     */
    private String name(Optional<Schedule> schedule, List<PipelinePlan> pipelines) {
        String project = plan.project().name().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9_-]+", "_");
        if (schedule.equals(words.schedule())) {
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
            members.computeIfAbsent(key, first -> new TreeSet<>()).add(pipeline.id());
        });
        Map<TableId, PipelinePlan> all = plan.byTable();
        List<Task> tasks = new ArrayList<>();
        members.forEach((key, tables) -> {
            Set<String> before = new TreeSet<>();
            tables.forEach(table -> all.get(table).dependsOn().stream()
                    .filter(keys::containsKey)
                    .map(keys::get)
                    .forEach(before::add));
            before.remove(key);
            tasks.add(new Task(key, selection(key, tables), List.copyOf(before)));
        });
        return tasks;
    }

    /** Each after those that it depends on. Pipelines never read each other in a circle; layers may. */
    private List<Task> ordered(List<Task> tasks, Diagnostics diagnostics) {
        Map<String, Task> done = new LinkedHashMap<>();
        List<Task> left = new ArrayList<>(tasks);
        while (!left.isEmpty()) {
            List<Task> next = left.stream()
                    .filter(task -> done.keySet().containsAll(task.dependsOn()))
                    .toList();
            if (next.isEmpty()) {
                String circle = left.stream().map(Task::key).collect(Collectors.joining(", "));
                diagnostics.add(Diagnostic.error(
                        Code.DEPLOY_PLATFORM,
                        SourceSpan.of("conf/env/" + plan.project().environment() + ".yml"),
                        "Cannot make a task of each layer: the layers " + circle + " read from each other",
                        "Say 'tasks: pipeline' under 'deploy:'."));
                return tasks;
            }
            next.forEach(task -> done.put(task.key(), task));
            left.removeAll(next);
        }
        return List.copyOf(done.values());
    }

    private String key(TableId table) {
        return words.tasks() == DeploySettings.Granularity.LAYER ? table.layer() : table.layer() + "_" + table.table();
    }

    private List<String> selection(String key, Set<TableId> tables) {
        boolean whole = words.tasks() == DeploySettings.Granularity.LAYER
                && plan.pipelines().stream()
                        .filter(pipeline -> pipeline.id().layer().equals(key))
                        .filter(pipeline -> !pipeline.isArchived())
                        .allMatch(pipeline -> tables.contains(pipeline.id()));
        return whole
                ? List.of("layer:" + key)
                : tables.stream().map(TableId::toString).toList();
    }
}
