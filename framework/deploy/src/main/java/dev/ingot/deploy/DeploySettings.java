package dev.ingot.deploy;

import dev.ingot.definition.PipelineFile.Schedule;
import dev.ingot.options.Option;
import java.util.Optional;

/** What an environment's {@code deploy:} says for all platforms; beside these words stand the platforms' names. */
public record DeploySettings(
        @Option(
                description = "Whether a platform is given a task for each pipeline or one for each layer.",
                defaultValue = "pipeline")
        Granularity tasks,

        @Option(
                description = "When the pipelines run that have no 'schedule' of their own.",
                example = "{cron: \"0 6 * * *\"}")
        Optional<Schedule> schedule) {

    /** What a platform sees as one task. */
    public enum Granularity {
        PIPELINE,
        LAYER
    }
}
