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
 * The job and its tasks that a selection of tables comes to.
 *
 * @param tasks the keys of the tasks; empty means the whole job
 */
record JobSelection(Job job, List<String> tasks) {

    JobSelection {
        tasks = List.copyOf(tasks);
    }

    /**
     * What is selected.
     *
     * @param words in the language of the command line; empty means everything
     * @throws IngotException when it is not of one job, or only a part of a task
     */
    static JobSelection of(Deployment deployment, List<String> words) {
        Diagnostics diagnostics = new Diagnostics();
        Set<TableId> wanted = new Selection(words, List.of()).in(deployment.plan(), diagnostics);
        diagnostics.throwIfErrors();
        Map<Job, List<String>> selected = new LinkedHashMap<>();
        for (Job job : deployment.jobs()) {
            for (Task task : job.tasks()) {
                Set<TableId> tables = tables(deployment, task);
                Set<TableId> hit = new TreeSet<>(tables);
                hit.retainAll(wanted);
                if (!hit.isEmpty()) {
                    if (!hit.equals(tables)) {
                        throw refuse(
                                "the task '" + task.key() + "' also makes " + others(tables, wanted),
                                "Select all of the task, or say 'tasks: pipeline' under 'deploy:' and deploy again.");
                    }
                    selected.computeIfAbsent(job, first -> new ArrayList<>()).add(task.key());
                }
            }
        }
        if (selected.size() != 1) {
            throw refuse(
                    selected.isEmpty()
                            ? "no job makes what is selected"
                            : "it takes the jobs "
                                    + selected.keySet().stream().map(Job::name).collect(Collectors.joining(", "))
                                    + ", and a run is of one",
                    selected.isEmpty() ? "" : "Select tables of one job, and start a run for each.");
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

    private static String others(Set<TableId> tables, Set<TableId> wanted) {
        return tables.stream()
                .filter(table -> !wanted.contains(table))
                .map(TableId::toString)
                .collect(Collectors.joining(", "));
    }

    private static IngotException refuse(String reason, String remedy) {
        return new IngotException(Diagnostic.error(
                Code.DEPLOY_PLATFORM, SourceSpan.of("selection"), "Cannot start a run of this: " + reason, remedy));
    }
}
