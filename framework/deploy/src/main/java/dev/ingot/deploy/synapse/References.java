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
 * What an artifact refers to: other artifacts, activities of its pipeline, parameters. Spark pools belong to the workspace
 * and not to its repository.
 */
final class References {

    /** Where artifacts lie that are referred to by a type. */
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
     * Reports what an artifact refers to in vain.
     *
     * @param artifacts all of them, by path
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

    /** A trigger may only give parameters that the pipeline has. */
    private void arguments(JsonNode started, Map<String, JsonNode> artifacts) {
        String pipeline =
                started.path("pipelineReference").path("referenceName").asText("");
        JsonNode target = artifacts.get("pipeline/" + pipeline + ".json");
        if (target != null) {
            Set<String> declared = names(target.path("properties").path("parameters"));
            names(started.path("parameters")).stream()
                    .filter(name -> !declared.contains(name))
                    .forEach(name -> report.accept("it gives the pipeline '" + pipeline + "' the parameter '" + name
                            + "', which that has not"));
        }
    }

    private void activities(JsonNode activities) {
        Map<String, List<String>> before = new LinkedHashMap<>();
        activities.forEach(activity -> {
            List<String> needed = StreamSupport.stream(
                            activity.path("dependsOn").spliterator(), false)
                    .map(dependency -> dependency.path("activity").asText(""))
                    .toList();
            if (before.put(activity.path("name").asText(""), needed) != null) {
                report.accept(
                        "it has two activities called '" + activity.path("name").asText("") + "'");
            }
        });
        before.forEach((name, needed) -> needed.stream()
                .filter(other -> !before.containsKey(other))
                .forEach(other ->
                        report.accept("its activity '" + name + "' waits for '" + other + "', which does not exist")));
        circle(before);
    }

    /** Takes away what can run until nothing more can. */
    private void circle(Map<String, List<String>> before) {
        Map<String, List<String>> left = new LinkedHashMap<>(before);
        Set<String> done = new HashSet<>();
        boolean more = true;
        while (more) {
            more = left.entrySet()
                    .removeIf(activity -> activity.getValue().stream()
                                    .allMatch(other -> done.contains(other) || !before.containsKey(other))
                            && done.add(activity.getKey()));
        }
        if (!left.isEmpty()) {
            report.accept("its activities wait for each other: " + String.join(", ", new TreeSet<>(left.keySet())));
        }
    }

    private static Set<String> names(JsonNode object) {
        Set<String> names = new TreeSet<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }
}
