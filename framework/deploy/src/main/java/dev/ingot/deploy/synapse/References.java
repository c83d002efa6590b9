package dev.ingot.deploy.synapse;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

/**
 * Checks the references of an artifact: to other artifacts, activities of its pipeline, and parameters. Spark pools
 * belong to the workspace and not to its repository.
 */
final class References {

    /** The folders of the artifacts by the type of the reference. */
    private static final Map<String, String> FOLDERS = Map.of(
            "SparkJobDefinitionReference", "sparkJobDefinition",
            "PipelineReference", "pipeline",
            "LinkedServiceReference", "linkedService");

    private static final Pattern PARAMETER = Pattern.compile("pipeline\\(\\)\\.parameters\\.(\\w+)");

    private final Set<String> paths;
    private final Consumer<String> report;

    References(Set<String> paths, Consumer<String> report) {
        this.paths = paths;
        this.report = report;
    }

    /**
     * Reports the broken references of an artifact.
     *
     * @param artifacts all artifacts, by path
     */
    void check(JsonNode artifact, Map<String, JsonNode> artifacts) {
        artifact.findParents("referenceName").forEach(this::artifact);
        JsonNode properties = artifact.path("properties");
        activities(properties.path("activities"));
        Set<String> declared = names(properties.path("parameters"));
        PARAMETER
                .matcher(properties.toString())
                .results()
                .map(found -> found.group(1))
                .distinct()
                .filter(name -> !declared.contains(name))
                .forEach(name -> report.accept("it uses the parameter '" + name + "', which it does not declare"));
        properties.path("pipelines").forEach(started -> arguments(started, artifacts));
    }

    private void artifact(JsonNode reference) {
        String folder = FOLDERS.get(reference.path("type").asText(""));
        String path = folder + "/" + reference.path("referenceName").asText("") + ".json";
        if (folder != null && !paths.contains(path)) {
            report.accept("it refers to " + path + ", which does not exist");
        }
    }

    /** Checks that a trigger passes only parameters that the pipeline declares. */
    private void arguments(JsonNode started, Map<String, JsonNode> artifacts) {
        String pipeline =
                started.path("pipelineReference").path("referenceName").asText("");
        JsonNode target = artifacts.get("pipeline/" + pipeline + ".json");
        if (target != null) {
            Set<String> declared = names(target.path("properties").path("parameters"));
            names(started.path("parameters")).stream()
                    .filter(name -> !declared.contains(name))
                    .forEach(name -> report.accept("it passes the parameter '" + name + "' to the pipeline '" + pipeline
                            + "', which does not declare it"));
        }
    }

    private void activities(JsonNode activities) {
        Map<String, List<String>> dependencies = new LinkedHashMap<>();
        activities.forEach(activity -> {
            List<String> needed = StreamSupport.stream(
                            activity.path("dependsOn").spliterator(), false)
                    .map(dependency -> dependency.path("activity").asText(""))
                    .toList();
            if (dependencies.put(activity.path("name").asText(""), needed) != null) {
                report.accept(
                        "it has two activities named '" + activity.path("name").asText("") + "'");
            }
        });
        dependencies.forEach((name, needed) -> needed.stream()
                .filter(other -> !dependencies.containsKey(other))
                .forEach(other ->
                        report.accept("its activity '" + name + "' depends on '" + other + "', which does not exist")));
        cycles(dependencies);
    }

    /** Finds cyclic dependencies: removes the activities that can run until none can. */
    private void cycles(Map<String, List<String>> dependencies) {
        Map<String, List<String>> remaining = new LinkedHashMap<>(dependencies);
        Set<String> done = new HashSet<>();
        boolean progress = true;
        while (progress) {
            progress = remaining
                    .entrySet()
                    .removeIf(activity -> activity.getValue().stream()
                                    .allMatch(other -> done.contains(other) || !dependencies.containsKey(other))
                            && done.add(activity.getKey()));
        }
        if (!remaining.isEmpty()) {
            report.accept(
                    "its activities have a cyclic dependency: " + String.join(", ", new TreeSet<>(remaining.keySet())));
        }
    }

    private static Set<String> names(JsonNode object) {
        Set<String> names = new TreeSet<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }
}
