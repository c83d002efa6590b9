package dev.ingot.config;

import dev.ingot.options.Option;
import java.util.Map;
import java.util.Optional;

/** The content of {@code conf/project.yml}. */
public record ProjectFile(
        @Option(description = "The project's name.", example = "earthquakes")
        String name,

        @Option(description = "What the project is about.") Optional<String> description,

        @Option(
                description = "The layers of the lake, in order, and what each may read. Left out: 'bronze' reads"
                        + " from 'outside', 'silver' from bronze and silver, 'gold' from silver and gold.",
                example = "{bronze: {reads: [outside]}, silver: {reads: [bronze, silver]}}")
        Map<String, Layer> layers,

        @Option(
                description = "The variables that pipelines may use, as ${var:name} in texts and :var_name in"
                        + " expressions.",
                example = "{strong_magnitude: {type: double, default: 4.5}}")
        Map<String, Variable> variables) {}
