package dev.ingot.deploy.databricks;

import dev.ingot.config.Project;
import dev.ingot.config.SecretScope;
import dev.ingot.config.SparkSettings;
import dev.ingot.secrets.SecretText;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An environment's Spark settings as a cluster of Databricks takes them. Secrets that Databricks keeps are named in its own
 * way, {@code {{secrets/scope/key}}}; it puts their values in when the cluster starts.
 */
final class SparkConf {

    private SparkConf() {}

    static Map<String, String> of(Project project) {
        Map<String, String> kept = new LinkedHashMap<>();
        project.spark().forEach((name, value) -> {
            if (value instanceof SecretText.Hidden hidden) {
                String scope = hidden.ref().scope();
                SecretScope there = project.secrets().get(scope);
                if (there.provider() == SecretScope.Provider.DATABRICKS
                        && hidden.ref().path().isEmpty()) {
                    kept.put(
                            name,
                            "{{secrets/" + there.scope().orElse(scope) + "/"
                                    + hidden.ref().key() + "}}");
                }
            }
        });
        Map<String, String> conf = new LinkedHashMap<>(SparkSettings.beside(kept, project));
        conf.putAll(kept);
        return conf;
    }
}
