package dev.ingot.deploy;

import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * A part of a job that the platform starts as a unit.
 *
 * @param key its name among the job's tasks: a layer, or {@code layer_table}; letters, digits and underscores
 * @param selection what it runs, in the selection syntax of {@code ingot run}
 * @param dependsOn the keys of the tasks that must succeed first
 */
public record Task(String key, List<String> selection, List<String> dependsOn) {

    /**
     * The delay before a failed task is retried. The lease of a killed driver expires only after 2 minutes; an earlier
     * attempt would be rejected, and no other would follow.
     */
    public static final Duration RETRY_AFTER = Duration.ofMinutes(3);

    public Task {
        Objects.requireNonNull(key, "key");
        selection = List.copyOf(selection);
        dependsOn = List.copyOf(dependsOn);
    }
}
