package dev.ingot.spec;

import dev.ingot.options.Option;
import dev.ingot.yaml.YamlNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The words at the top of a pipeline's document. */
public record PipelineFile(
        @Option(description = "The table's name; with the target's layer it identifies the pipeline.", example = "flights")
                String name,
        @Option(description = "What one row of the table is.") Optional<String> description,
        @Option(description = "Who answers for the table.", example = "ops-data@example.com") Optional<String> owner,
        @Option(description = "Words by which pipelines are selected, as tag:daily.", example = "[flights, daily]")
                List<String> tags,
        @Option(description = "When deployed platforms run the pipeline.") Optional<Schedule> schedule,
        @Option(description = "The one source, when there is only one.", example = "{table: bronze.flights}")
                Optional<YamlNode> source,
        @Option(description = "Several sources by alias; 'input' names the one where the transformations start.")
                Map<String, YamlNode> sources,
        @Option(description = "The alias of the source where the transformations start.") Optional<String> input,
        @Option(description = "The steps from the input to the table, in order.") List<YamlNode> transformations,
        @Option(description = "The rules that rows and table must meet before anything is written.")
                List<YamlNode> quality,
        @Option(description = "The layer and the way in which the table is written.", example = "{layer: silver}")
                YamlNode target) {

    /** When a platform runs the pipeline. */
    public record Schedule(
            @Option(description = "Five cron fields: minute, hour, day of month, month, day of week.", example = "0 6 * * *")
                    String cron,
            @Option(description = "The zone of the cron fields.", defaultValue = "UTC") String timezone) {}

    public PipelineFile {
        if (source.isPresent() == !sources.isEmpty()) {
            throw new IllegalArgumentException(
                    source.isPresent() ? "it has both 'source' and 'sources'" : "it has neither 'source' nor 'sources'");
        }
        if (sources.size() > 1 && input.isEmpty()) {
            throw new IllegalArgumentException("with several sources, 'input' must name the one where the steps start");
        }
    }
}
