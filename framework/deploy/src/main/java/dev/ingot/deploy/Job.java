package dev.ingot.deploy;

import dev.ingot.definition.PipelineFile.Schedule;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A set of tasks that a platform starts together, on a schedule or manually.
 *
 * @param id identifies the job even after it is renamed: {@code project/environment/name}
 * @param name letters, digits, underscores and hyphens
 * @param tasks in topological order: each after its dependencies
 */
public record Job(String id, String name, Optional<Schedule> schedule, List<Task> tasks) {

    public Job {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(schedule, "schedule");
        tasks = List.copyOf(tasks);
    }
}
