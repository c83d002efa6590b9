package dev.ingot.deploy;

import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * A part of a job that the platform starts by itself.
 *
 * @param key its name among the job's tasks: a layer, or {@code layer_table}; letters, digits and underscores
 * @param selection what it runs, in the words of {@code ingot run}
 * @param dependsOn the keys of the tasks that must have succeeded before
 */
public record Task(String key, List<String> selection, List<String> dependsOn) {

    /**
     * After which time a task that failed is tried again. A driver that was killed holds its pipelines for 2 minutes more,
     * until its lease lapses; an attempt before that would be refused, and no other would follow.
     */
    public static final Duration RETRY_AFTER = Duration.ofMinutes(3);

    public Task {
        Objects.requireNonNull(key, "key");
        selection = List.copyOf(selection);
        dependsOn = List.copyOf(dependsOn);
    }
}
