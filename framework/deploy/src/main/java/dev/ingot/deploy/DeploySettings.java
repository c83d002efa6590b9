package dev.ingot.deploy;

import dev.ingot.definition.PipelineFile.Schedule;
import dev.ingot.options.Option;
import java.util.Optional;

/** The keys of an environment's {@code deploy:} section that apply to all platforms; its other keys name platforms. */
public record DeploySettings(
        @Option(
                description = "Whether a job has a task for each pipeline or a task for each layer.",
                defaultValue = "pipeline")
        Granularity tasks,

        @Option(
                description = "The schedule of pipelines that have no 'schedule' of their own.",
                example = "{cron: \"0 6 * * *\"}")
        Optional<Schedule> schedule) {

    /** The unit that becomes one task of a job. */
    public enum Granularity {
        PIPELINE,
        LAYER
    }
}
