package dev.ingot.deploy.databricks;

import dev.ingot.config.Project;
import dev.ingot.config.SecretScope;
import dev.ingot.config.SparkSettings;
import dev.ingot.secrets.SecretText;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Converts an environment's Spark settings for a Databricks cluster. Secrets of a Databricks scope are written in its
 * syntax, {@code {{secrets/scope/key}}}; Databricks resolves them when the cluster starts.
 */
final class SparkConf {

    private SparkConf() {}

    static Map<String, String> of(Project project) {
        Map<String, String> references = new LinkedHashMap<>();
        project.spark().forEach((name, value) -> {
            if (value instanceof SecretText.Hidden hidden) {
                String scope = hidden.ref().scope();
                SecretScope secretScope = project.secrets().get(scope);
                if (secretScope.provider() == SecretScope.Provider.DATABRICKS
                        && hidden.ref().path().isEmpty()) {
                    references.put(
                            name,
                            "{{secrets/" + secretScope.scope().orElse(scope) + "/"
                                    + hidden.ref().key() + "}}");
                }
            }
        });
        Map<String, String> conf = new LinkedHashMap<>(SparkSettings.additionalTo(references, project));
        conf.putAll(references);
        return conf;
    }
}
