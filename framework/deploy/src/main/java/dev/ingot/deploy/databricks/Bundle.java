package dev.ingot.deploy.databricks;

import dev.ingot.deploy.Deployment;
import dev.ingot.deploy.TextFiles;
import dev.ingot.diagnostics.Code;
import dev.ingot.diagnostics.Diagnostic;
import dev.ingot.diagnostics.Diagnostics;
import dev.ingot.diagnostics.SourceSpan;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Generates a deployment as a Declarative Automation Bundle: {@code databricks.yml} and a file for each job. All paths
 * are in the workspace; the bundle uploads nothing.
 */
final class Bundle {

    private final Deployment deployment;
    private final Databricks.Options options;
    private final Diagnostics diagnostics;

    Bundle(Deployment deployment, Databricks.Options options, Diagnostics diagnostics) {
        this.deployment = deployment;
        this.options = options;
        this.diagnostics = diagnostics;
    }

    SortedMap<String, String> files() {
        SortedMap<String, String> files = new TreeMap<>();
        files.put("databricks.yml", TextFiles.yaml(root()));
        JobSettings settings = new JobSettings(deployment, options, diagnostics);
        deployment.jobs().forEach(job -> {
            Map<String, Object> tree = settings.tree(job);
            rejectSubstitutions(job.name(), tree);
            if (!options.permissions().isEmpty()) {
                tree.put(
                        "permissions",
                        options.permissions().stream()
                                .map(permission -> permission.tree("level"))
                                .toList());
            }
            files.put(
                    "resources/" + job.name() + ".job.yml",
                    TextFiles.yaml(Map.of("resources", Map.of("jobs", Map.of(job.name(), tree)))));
        });
        options.catalog()
                .ifPresent(catalog -> files.put(
                        "unity_catalog.sql", new UnityCatalog(deployment.plan(), catalog, diagnostics).sql()));
        return files;
    }

    private Map<String, Object> root() {
        String name = deployment.project().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9_-]+", "_");
        Map<String, Object> workspace = new LinkedHashMap<>();
        options.host().ifPresent(host -> workspace.put("host", host));
        // One copy for all deployers: by default each user would deploy separate jobs.
        workspace.put(
                "root_path",
                "/Workspace/Users/" + options.runAs() + "/.bundle/" + name + "/" + deployment.environment());
        Map<String, Object> target = new LinkedHashMap<>();
        target.put("default", true);
        target.put("mode", "production");
        target.put("workspace", workspace);
        Map<String, Object> root = new LinkedHashMap<>();
        root.put("bundle", Map.of("name", name));
        root.put("include", List.of("resources/*.job.yml"));
        root.put("targets", Map.of(deployment.environment(), target));
        return root;
    }

    /** Rejects {@code ${...}} in values: bundles read it as a substitution, and it cannot be escaped. */
    private void rejectSubstitutions(String path, Object tree) {
        if (tree instanceof Map<?, ?> map) {
            map.forEach((key, value) -> rejectSubstitutions(path + "." + key, value));
        } else if (tree instanceof List<?> list) {
            list.forEach(value -> rejectSubstitutions(path, value));
        } else if (tree instanceof String text && text.contains("${")) {
            diagnostics.add(Diagnostic.error(
                    Code.DEPLOY_PLATFORM,
                    SourceSpan.of("conf/env/" + deployment.environment() + ".yml"),
                    "Cannot write '" + text + "' for " + path + " in a bundle: it would be read as a substitution",
                    "Write the value without '${'."));
        }
    }
}
