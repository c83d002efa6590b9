package dev.ingot.deploy.databricks;

import dev.ingot.deploy.Deployment;
import dev.ingot.deploy.Job;
import dev.ingot.deploy.Task;
import dev.ingot.diagnostics.Code;
import dev.ingot.diagnostics.Diagnostic;
import dev.ingot.diagnostics.Diagnostics;
import dev.ingot.diagnostics.IngotException;
import dev.ingot.diagnostics.SourceSpan;
import dev.ingot.names.TableId;
import dev.ingot.plan.Selection;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Resolves a selection of tables to a job and its tasks.
 *
 * @param tasks the keys of the tasks; empty means the whole job
 */
record JobSelection(Job job, List<String> tasks) {

    JobSelection {
        tasks = List.copyOf(tasks);
    }

    /**
     * Resolves a selection.
     *
     * @param selection the arguments in the selection syntax of the command line; empty means everything
     * @throws IngotException when the selection covers several jobs or none, or only a part of a task
     */
    static JobSelection of(Deployment deployment, List<String> selection) {
        Diagnostics diagnostics = new Diagnostics();
        Set<TableId> requested = new Selection(selection, List.of()).in(deployment.plan(), diagnostics);
        diagnostics.throwIfErrors();
        Map<Job, List<String>> selected = new LinkedHashMap<>();
        for (Job job : deployment.jobs()) {
            for (Task task : job.tasks()) {
                Set<TableId> tables = tables(deployment, task);
                Set<TableId> matched = new TreeSet<>(tables);
                matched.retainAll(requested);
                if (!matched.isEmpty()) {
                    if (!matched.equals(tables)) {
                        throw failure(
                                "the task '" + task.key() + "' also makes " + others(tables, requested),
                                "Select all tables of the task, or set 'tasks: pipeline' under 'deploy:' and deploy"
                                        + " again.");
                    }
                    selected.computeIfAbsent(job, unused -> new ArrayList<>()).add(task.key());
                }
            }
        }
        if (selected.size() != 1) {
            throw failure(
                    selected.isEmpty()
                            ? "no job makes a selected table"
                            : "it covers the jobs "
                                    + selected.keySet().stream().map(Job::name).collect(Collectors.joining(", "))
                                    + ", but a run belongs to one job",
                    selected.isEmpty() ? "" : "Select tables of one job, and start a run for each job.");
        }
        Job job = selected.keySet().iterator().next();
        List<String> keys = selected.get(job);
        return new JobSelection(job, keys.size() == job.tasks().size() ? List.of() : keys);
    }

    private static Set<TableId> tables(Deployment deployment, Task task) {
        return new Selection(task.selection(), List.of())
                .in(deployment.plan(), new Diagnostics()).stream()
                        .filter(table -> !deployment.plan().byTable().get(table).isArchived())
                        .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String others(Set<TableId> tables, Set<TableId> requested) {
        return tables.stream()
                .filter(table -> !requested.contains(table))
                .map(TableId::toString)
                .collect(Collectors.joining(", "));
    }

    private static IngotException failure(String reason, String remedy) {
        return new IngotException(Diagnostic.error(
                Code.DEPLOY_PLATFORM,
                SourceSpan.of("selection"),
                "Cannot start a run of the selection: " + reason,
                remedy));
    }
}
