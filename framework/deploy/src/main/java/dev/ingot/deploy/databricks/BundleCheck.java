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

/** Checks a bundle's files: against the schema of what Ingot writes, and that whatever they name is there. */
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
                schema.mistakes(tree).forEach(mistake -> refuse(file, mistake));
                tree.path("resources").path("jobs").forEach(job -> checkJob(file, job));
            }
        });
    }

    private void checkJob(String file, JsonNode job) {
        Map<String, Set<String>> before = new HashMap<>();
        for (JsonNode task : job.path("tasks")) {
            Set<String> keys = new TreeSet<>();
            task.path("depends_on").forEach(on -> keys.add(on.path("task_key").asText()));
            if (before.put(task.path("task_key").asText(), keys) != null) {
                refuse(file, "two tasks are called '" + task.path("task_key").asText() + "'");
            }
        }
        before.forEach((task, keys) -> keys.stream()
                .filter(key -> !before.containsKey(key))
                .forEach(key -> refuse(file, "the task '" + task + "' depends on '" + key + "', which is not there")));
        checkNamed(file, job, "job_clusters", "job_cluster_key");
        checkNamed(file, job, "environments", "environment_key");
        checkOrder(file, before);
    }

    private void checkNamed(String file, JsonNode job, String list, String key) {
        Set<String> there = new HashSet<>();
        job.path(list).forEach(one -> there.add(one.path(key).asText()));
        job.path("tasks").forEach(task -> {
            if (task.has(key) && !there.contains(task.path(key).asText())) {
                refuse(
                        file,
                        "the task '" + task.path("task_key").asText() + "' has the " + key + " '"
                                + task.path(key).asText() + "', which is not there");
            }
        });
    }

    private void checkOrder(String file, Map<String, Set<String>> before) {
        Set<String> left = new TreeSet<>(before.keySet());
        while (left.removeIf(task -> before.get(task).stream().noneMatch(left::contains))) {
            // Whatever waits for nothing that is left has its place.
        }
        if (!left.isEmpty()) {
            refuse(file, "the tasks " + String.join(", ", left) + " wait for each other");
        }
    }

    private void refuse(String file, String reason) {
        diagnostics.add(Diagnostic.error(
                Code.DEPLOY_FILE,
                SourceSpan.of(file),
                "Cannot use the bundle: " + reason,
                "This is a fault of Ingot's; please report it."));
    }
}
