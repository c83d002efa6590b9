package dev.ingot.definition;

import dev.ingot.options.Option;
import dev.ingot.options.SourceName;
import dev.ingot.yaml.YamlNode;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The top-level keys of a pipeline's document. */
public record PipelineFile(
        @Option(
                description = "The table's name; with the target's layer it identifies the pipeline.",
                example = "flights")
        String name,

        @Option(description = "What one row of the table is.")
        Optional<String> description,

        @Option(description = "Who is responsible for the table.", example = "ops-data@example.com")
        Optional<String> owner,

        @Option(description = "Labels for selecting pipelines, as in 'tag:daily'.", example = "[flights, daily]")
        List<String> tags,

        @Option(description = "When deployed platforms run the pipeline.")
        Optional<Schedule> schedule,

        @Option(
                description = "Whether the pipeline is retired: it no longer runs. A view no longer exists; a table is"
                        + " kept unchanged and can be read.",
                defaultValue = "false")
        boolean archived,

        @Option(description = "The source, when there is only one.", example = "{table: bronze.flights}")
        Optional<YamlNode> source,

        @Option(description = "The sources, each under the alias that steps use.")
        Map<String, YamlNode> sources,

        @Option(description = "The alias of the source where the transformations start; required with several sources.")
        Optional<SourceName> input,

        @Option(description = "The steps from the input to the table, in order.")
        List<YamlNode> transformations,

        @Option(description = "The checks that rows and table must pass before anything is written.")
        List<YamlNode> quality,

        @Option(description = "The layer and the write mode of the table.", example = "{layer: gold, mode: overwrite}")
        YamlNode target) {

    /** When a platform runs the pipeline. */
    public record Schedule(
            @Option(
                    description = "Five cron fields: minute, hour, day of month, month, day of week.",
                    example = "0 6 * * *")
            String cron,

            @Option(description = "The time zone of the cron fields.", defaultValue = "UTC")
            String timezone) {

        private static final Pattern FIVE_FIELDS = Pattern.compile("\\S+( +\\S+){4}");

        public Schedule {
            if (!FIVE_FIELDS.matcher(cron).matches()) {
                throw new IllegalArgumentException(
                        "'cron' must have five fields, such as '0 6 * * *', not '" + cron + "'");
            }
            if (!ZoneId.getAvailableZoneIds().contains(timezone)) {
                throw new IllegalArgumentException(
                        "'timezone' must be a time zone such as 'Europe/Berlin', not '" + timezone + "'");
            }
        }
    }
}
