package dev.ingot.deploy.databricks;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ingot.deploy.FileSchema;
import dev.ingot.deploy.TextFiles;
import dev.ingot.diagnostics.Code;
import dev.ingot.diagnostics.Diagnostic;
import dev.ingot.diagnostics.Diagnostics;
import dev.ingot.diagnostics.SourceSpan;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Validates a bundle's files: against the schema of what Ingot writes, and that every reference resolves. */
final class BundleCheck {

    private final Diagnostics diagnostics;

    BundleCheck(Diagnostics diagnostics) {
        this.diagnostics = diagnostics;
    }

    void check(Map<String, String> files) {
        FileSchema schema = FileSchema.beside(BundleCheck.class, "bundle.schema.json");
        files.forEach((file, text) -> {
            if (file.endsWith(".yml")) {
                JsonNode tree = TextFiles.readYaml(text);
                schema.mistakes(tree).forEach(violation -> report(file, violation));
                tree.path("resources").path("jobs").forEach(job -> checkJob(file, job));
            }
        });
    }

    private void checkJob(String file, JsonNode job) {
        Map<String, Set<String>> dependencies = new HashMap<>();
        for (JsonNode task : job.path("tasks")) {
            Set<String> upstream = new TreeSet<>();
            task.path("depends_on")
                    .forEach(dependency ->
                            upstream.add(dependency.path("task_key").asText()));
            if (dependencies.put(task.path("task_key").asText(), upstream) != null) {
                report(
                        file,
                        "two tasks have the task_key '" + task.path("task_key").asText() + "'");
            }
        }
        dependencies.forEach((task, upstream) -> upstream.stream()
                .filter(key -> !dependencies.containsKey(key))
                .forEach(
                        key -> report(file, "the task '" + task + "' depends on '" + key + "', which does not exist")));
        checkReferences(file, job, "job_clusters", "job_cluster_key");
        checkReferences(file, job, "environments", "environment_key");
        checkCycles(file, dependencies);
    }

    private void checkReferences(String file, JsonNode job, String list, String key) {
        Set<String> defined = new HashSet<>();
        job.path(list).forEach(entry -> defined.add(entry.path(key).asText()));
        job.path("tasks").forEach(task -> {
            if (task.has(key) && !defined.contains(task.path(key).asText())) {
                report(
                        file,
                        "the task '" + task.path("task_key").asText() + "' has the " + key + " '"
                                + task.path(key).asText() + "', which does not exist");
            }
        });
    }

    private void checkCycles(String file, Map<String, Set<String>> dependencies) {
        Set<String> remaining = new TreeSet<>(dependencies.keySet());
        while (remaining.removeIf(task -> dependencies.get(task).stream().noneMatch(remaining::contains))) {
            // Removes every task whose dependencies have been removed.
        }
        if (!remaining.isEmpty()) {
            report(file, "the tasks " + String.join(", ", remaining) + " form a dependency cycle");
        }
    }

    private void report(String file, String reason) {
        diagnostics.add(Diagnostic.error(
                Code.DEPLOY_FILE,
                SourceSpan.of(file),
                "Cannot use the bundle: " + reason,
                "This is a bug in Ingot; please report it."));
    }
}
