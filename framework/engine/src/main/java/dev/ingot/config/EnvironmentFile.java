package dev.ingot.config;

import dev.ingot.options.Option;
import dev.ingot.secrets.SecretText;
import dev.ingot.yaml.YamlNode;
import java.util.Map;
import java.util.Optional;

/** The content of {@code conf/env/<environment>.yml}. */
public record EnvironmentFile(
        @Option(
                description = "The folder or address that contains all tables; a relative one is below the project.",
                example = "lake")
        String lake,

        @Option(
                description = "Spark settings of this environment; those that start with spark.hadoop. may be secrets.",
                example = "{spark.master: \"local[*]\"}")
        Map<String, SecretText> spark,

        @Option(description = "Where the secrets of each scope are stored.", example = "{kv: {provider: env}}")
        Map<String, SecretScope> secrets,

        @Option(description = "Values of variables in this environment.", example = "{strong_magnitude: 5}")
        Map<String, String> variables,

        @Option(
                description = "The settings of the project's jobs on each platform; read by 'ingot deploy'.",
                example = "{tasks: layer, schedule: {cron: \"0 6 * * *\"}}")
        Optional<YamlNode> deploy) {}
