package dev.ingot.config;

import dev.ingot.secrets.SecretText;
import dev.ingot.yaml.YamlNode;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A project in one environment, without its pipelines.
 *
 * @param root the project's folder, absolute
 * @param release the name of the release that the files come from; empty for a working folder
 * @param lake the address of the folder that contains all tables, absolute
 * @param spark Spark's settings, by name; values may be secrets
 * @param secrets where the secrets of each scope are stored
 * @param deploy the environment's settings for the platforms that run its jobs; only deployment reads them
 * @param settings every effective setting with its origin, for display; secrets are masked
 */
public record Project(
        Path root,
        Optional<String> release,
        String name,
        String environment,
        String lake,
        Map<String, Layer> layers,
        Map<String, SecretText> spark,
        Map<String, SecretScope> secrets,
        Optional<YamlNode> deploy,
        Values values,
        List<Setting<?>> settings) {

    public Project {
        Objects.requireNonNull(root, "root");
        Objects.requireNonNull(release, "release");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(environment, "environment");
        Objects.requireNonNull(lake, "lake");
        layers = Collections.unmodifiableMap(new LinkedHashMap<>(layers));
        spark = Collections.unmodifiableMap(new LinkedHashMap<>(spark));
        secrets = Collections.unmodifiableMap(new LinkedHashMap<>(secrets));
        Objects.requireNonNull(deploy, "deploy");
        Objects.requireNonNull(values, "values");
        settings = List.copyOf(settings);
    }
}
