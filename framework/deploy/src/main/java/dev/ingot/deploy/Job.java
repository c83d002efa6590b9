package dev.ingot.deploy;

import dev.ingot.definition.PipelineFile.Schedule;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What a platform starts as a whole, by a schedule or by hand.
 *
 * @param id what it is known by as long as it lives, whatever it is called: {@code project/environment/name}
 * @param name letters, digits, underscores and hyphens
 * @param tasks each after those that it depends on
 */
public record Job(String id, String name, Optional<Schedule> schedule, List<Task> tasks) {

    public Job {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(schedule, "schedule");
        tasks = List.copyOf(tasks);
    }
}
