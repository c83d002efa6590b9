package dev.ingot.config;

import dev.ingot.options.Option;
import dev.ingot.secrets.SecretText;
import dev.ingot.yaml.YamlNode;
import java.util.Map;
import java.util.Optional;

/** What {@code conf/env/<environment>.yml} may say. */
public record EnvironmentFile(
        @Option(
                description =
                        "The folder or address under which all tables lie; a relative one is below the" + " project.",
                example = "lake")
        String lake,

        @Option(
                description = "Spark settings of this environment; those that begin with spark.hadoop. may be secrets.",
                example = "{spark.master: \"local[*]\"}")
        Map<String, SecretText> spark,

        @Option(description = "Where the secrets of each scope are kept.", example = "{kv: {provider: env}}")
        Map<String, SecretScope> secrets,

        @Option(description = "Values of variables in this environment.", example = "{strong_magnitude: 5}")
        Map<String, String> variables,

        @Option(
                description = "How the project's jobs look on each platform that runs them; 'ingot deploy' reads it.",
                example = "{tasks: layer, schedule: {cron: \"0 6 * * *\"}}")
        Optional<YamlNode> deploy) {}
