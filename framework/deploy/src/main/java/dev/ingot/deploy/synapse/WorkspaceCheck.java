package dev.ingot.deploy.synapse;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ingot.deploy.FileSchema;
import dev.ingot.deploy.TextFiles;
import dev.ingot.diagnostics.Code;
import dev.ingot.diagnostics.Diagnostic;
import dev.ingot.diagnostics.Diagnostics;
import dev.ingot.diagnostics.SourceSpan;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Checks a workspace's files: that each has the form that Synapse reads, by schemas of what Ingot generates, that it is
 * named after its artifact, and that its references exist.
 */
final class WorkspaceCheck {

    private final Map<String, String> files;
    private final Diagnostics diagnostics;

    WorkspaceCheck(Map<String, String> files, Diagnostics diagnostics) {
        this.files = new TreeMap<>(files);
        this.diagnostics = diagnostics;
    }

    void run() {
        SortedMap<String, JsonNode> artifacts = new TreeMap<>();
        SortedMap<String, String> byName = new TreeMap<>();
        files.forEach((path, text) -> {
            if (path.endsWith(".json")) {
                artifact(path, text, artifacts);
                String other = byName.putIfAbsent(path.toLowerCase(Locale.ROOT), path);
                if (other != null) {
                    report(path, "it differs from " + other + " only in upper and lower case");
                }
            }
        });
        artifacts.forEach((path, artifact) ->
                new References(artifacts.keySet(), message -> report(path, message)).check(artifact, artifacts));
    }

    private void artifact(String path, String text, Map<String, JsonNode> artifacts) {
        String kind = path.substring(0, Math.max(0, path.indexOf('/')));
        JsonNode artifact;
        try {
            artifact = TextFiles.readJson(text);
        } catch (IllegalArgumentException invalid) {
            report(path, invalid.getMessage());
            return;
        }
        if (WorkspaceCheck.class.getResource(kind + ".schema.json") == null) {
            report(path, "a workspace has no folder '" + kind + "' for artifacts of this kind");
            return;
        }
        FileSchema.beside(WorkspaceCheck.class, kind + ".schema.json")
                .mistakes(artifact)
                .forEach(message -> report(path, message));
        String name = artifact.path("name").asText("");
        if (!path.equals(kind + "/" + name + ".json")) {
            report(path, "its artifact is named '" + name + "'");
        }
        artifacts.put(path, artifact);
    }

    private void report(String path, String reason) {
        diagnostics.add(Diagnostic.error(
                Code.DEPLOY_FILE, SourceSpan.of(path), "Cannot deploy the file to Synapse: " + reason, ""));
    }
}
