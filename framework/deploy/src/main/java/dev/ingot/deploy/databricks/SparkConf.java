package dev.ingot.deploy.databricks;

import dev.ingot.config.Project;
import dev.ingot.config.SecretScope;
import dev.ingot.config.SparkSettings;
import dev.ingot.secrets.SecretText;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * An environment's Spark settings as a cluster of Databricks takes them. Secrets that Databricks keeps are named in its own
 * way, {@code {{secrets/scope/key}}}; it puts their values in when the cluster starts.
 */
final class SparkConf {

    private static final String HADOOP = "spark.hadoop.";

    private SparkConf() {}

    static Map<String, String> of(Project project) {
        Map<String, String> conf = new LinkedHashMap<>(SparkSettings.of(project));
        project.spark().forEach((name, value) -> {
            if (value instanceof SecretText.Hidden hidden) {
                String scope = hidden.ref().scope();
                databricksScope(scope, project.secrets().get(scope)).ifPresent(there -> {
                    conf.keySet().removeIf(key -> key.startsWith(HADOOP + "ingot.scope." + scope + "."));
                    conf.remove(HADOOP + "ingot.secret." + name.substring(HADOOP.length()));
                    conf.put(name, "{{secrets/" + there + "/" + hidden.ref().key() + "}}");
                });
            }
        });
        return conf;
    }

    /** What Databricks calls a scope; empty when its secrets are kept elsewhere. */
    private static Optional<String> databricksScope(String name, SecretScope scope) {
        return scope.provider() == SecretScope.Provider.DATABRICKS
                ? Optional.of(scope.scope().orElse(name))
                : Optional.empty();
    }
}
