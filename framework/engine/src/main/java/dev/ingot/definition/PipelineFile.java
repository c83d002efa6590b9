package dev.ingot.definition;

import dev.ingot.options.Option;
import dev.ingot.options.SourceName;
import dev.ingot.yaml.YamlNode;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The words at the top of a pipeline's document. */
public record PipelineFile(
        @Option(
                description = "The table's name; with the target's layer it identifies the pipeline.",
                example = "flights")
        String name,

        @Option(description = "What one row of the table is.")
        Optional<String> description,

        @Option(description = "Who answers for the table.", example = "ops-data@example.com")
        Optional<String> owner,

        @Option(description = "Words by which pipelines are selected, as in 'tag:daily'.", example = "[flights, daily]")
        List<String> tags,

        @Option(description = "When deployed platforms run the pipeline.")
        Optional<Schedule> schedule,

        @Option(
                description = "Whether the pipeline is out of use: it is not run any more. A view is gone with it; a"
                        + " table stays as it is, and can be read.",
                defaultValue = "false")
        boolean archived,

        @Option(description = "The source, when there is only one.", example = "{table: bronze.flights}")
        Optional<YamlNode> source,

        @Option(description = "The sources, each under the alias by which steps know it.")
        Map<String, YamlNode> sources,

        @Option(description = "The alias of the source where the transformations start; needed with several.")
        Optional<SourceName> input,

        @Option(description = "The steps from the input to the table, in order.")
        List<YamlNode> transformations,

        @Option(description = "The rules that rows and table must meet before anything is written.")
        List<YamlNode> quality,

        @Option(
                description = "The layer and the way in which the table is written.",
                example = "{layer: gold, mode: overwrite}")
        YamlNode target) {

    /** When a platform runs the pipeline. */
    public record Schedule(
            @Option(
                    description = "Five cron fields: minute, hour, day of month, month, day of week.",
                    example = "0 6 * * *")
            String cron,

            @Option(description = "The zone of the cron fields.", defaultValue = "UTC")
            String timezone) {

        private static final Pattern FIVE_FIELDS = Pattern.compile("\\S+( +\\S+){4}");

        public Schedule {
            if (!FIVE_FIELDS.matcher(cron).matches()) {
                throw new IllegalArgumentException(
                        "'cron' must have five fields, as '0 6 * * *' has, not '" + cron + "'");
            }
            if (!ZoneId.getAvailableZoneIds().contains(timezone)) {
                throw new IllegalArgumentException("there is no 'timezone' '" + timezone + "'; one is 'Europe/Berlin'");
            }
        }
    }
}
