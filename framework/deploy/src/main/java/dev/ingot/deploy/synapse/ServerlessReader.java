package dev.ingot.deploy.synapse;

import dev.ingot.definition.TargetSettings;
import dev.ingot.model.Pipeline;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Decides which tables serverless SQL can read: Delta 1.0, without any feature that raises a table's reader version.
 * Defaults, generated and identity columns, constraints and the change feed concern writers only. Source: Microsoft,
 * "Query Delta Lake files using serverless SQL pool".
 */
final class ServerlessReader {

    /** Properties that change how a table is read, in lower case, with the values that do not change it. */
    private static final Map<String, Set<String>> HARMLESS = Map.of(
            "delta.columnmapping.mode", Set.of("none"),
            "delta.checkpointpolicy", Set.of("classic"),
            "delta.enabletypewidening", Set.of("false"),
            "delta.universalformat.enabledformats", Set.of(""),
            "delta.enableicebergcompatv1", Set.of("false"),
            "delta.enableicebergcompatv2", Set.of("false"));

    /** Types that need a reader feature of their own. */
    private static final Set<String> NEW_TYPES = Set.of("timestamp_ntz", "variant");

    private ServerlessReader() {}

    /** Why serverless SQL cannot read a table, and how to change its pipeline. */
    record Obstacle(String reason, String remedy) {}

    /** Returns why the table of a pipeline cannot be read; empty if it can. */
    static Optional<Obstacle> obstacle(Pipeline pipeline) {
        TargetSettings settings = pipeline.target().settings();
        if (pipeline.isView()) {
            return Optional.of(new Obstacle(
                    "it is a view, which has no files", "Make it a table, or query the tables that it reads."));
        }
        if (settings.deletionVectors().orElse(pipeline.keyed().isPresent())) {
            return Optional.of(
                    new Obstacle(
                            "its deletion vectors are newer than the Delta 1.0 that serverless SQL reads",
                            "Set 'deletion_vectors: false' under 'target:'; a table that has them keeps them until it is deleted."));
        }
        if (!settings.clusterBy().isEmpty()) {
            return Optional.of(new Obstacle(
                    "liquid clustering is newer than the Delta 1.0 that serverless SQL reads",
                    "Use 'partition_by' instead of 'cluster_by'; a table that has it keeps it until it is deleted."));
        }
        return property(settings).or(() -> type(settings));
    }

    private static Optional<Obstacle> property(TargetSettings settings) {
        return new TreeMap<>(settings.properties())
                .entrySet().stream()
                        .filter(property -> {
                            Set<String> harmless =
                                    HARMLESS.get(property.getKey().toLowerCase(Locale.ROOT));
                            return harmless != null
                                    && !harmless.contains(property.getValue().toLowerCase(Locale.ROOT));
                        })
                        .map(property -> new Obstacle(
                                "its property " + property.getKey() + " = " + property.getValue()
                                        + " requires more than the Delta 1.0 that serverless SQL reads",
                                "Remove it from 'properties'; a table that has it keeps it until it is deleted."))
                        .findFirst();
    }

    private static Optional<Obstacle> type(TargetSettings settings) {
        return settings.columns().stream()
                .filter(column ->
                        NEW_TYPES.stream().anyMatch(column.type().text().toLowerCase(Locale.ROOT)::contains))
                .map(column -> new Obstacle(
                        "the type " + column.type().text() + " of its column "
                                + column.name().name() + " is newer than the Delta 1.0 that serverless SQL reads",
                        "Change the column's type, for example to timestamp or string."))
                .findFirst();
    }
}
