package dev.ingot.deploy.synapse;

import dev.ingot.definition.TargetSettings;
import dev.ingot.model.Pipeline;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What serverless SQL can read: Delta 1.0, without anything that raises a table's reader version. Defaults, generated and
 * identity columns, constraints and the change feed concern writers only. Source: Microsoft, "Query Delta Lake files using
 * serverless SQL pool".
 */
final class ServerlessReader {

    /** Properties that change how a table is read, in lower case, and the values that leave it as it is. */
    private static final Map<String, Set<String>> HARMLESS = Map.of(
            "delta.columnmapping.mode", Set.of("none"),
            "delta.checkpointpolicy", Set.of("classic"),
            "delta.enabletypewidening", Set.of("false"),
            "delta.universalformat.enabledformats", Set.of(""),
            "delta.enableicebergcompatv1", Set.of("false"),
            "delta.enableicebergcompatv2", Set.of("false"));

    /** Types that came with a reader feature of their own. */
    private static final Set<String> NEW_TYPES = Set.of("timestamp_ntz", "variant");

    private ServerlessReader() {}

    /** Why a table cannot be read, and what its pipeline could say instead. */
    record Obstacle(String reason, String remedy) {}

    /** What of the table that a pipeline declares cannot be read; empty when all can. */
    static Optional<Obstacle> obstacle(Pipeline pipeline) {
        TargetSettings words = pipeline.target().settings();
        if (pipeline.isView()) {
            return Optional.of(new Obstacle(
                    "it is a view, which has no files", "Make it a table, or read the tables that it reads."));
        }
        if (words.deletionVectors().orElse(pipeline.keyed().isPresent())) {
            return Optional.of(
                    new Obstacle(
                            "its deletion vectors are newer than the Delta 1.0 that serverless SQL reads",
                            "Say 'deletion_vectors: false' under 'target:'; a table that has them keeps them until it is deleted."));
        }
        if (!words.clusterBy().isEmpty()) {
            return Optional.of(
                    new Obstacle(
                            "liquid clustering is newer than the Delta 1.0 that serverless SQL reads",
                            "Say 'partition_by' in the place of 'cluster_by'; a table that has it keeps it until it is deleted."));
        }
        return property(words).or(() -> type(words));
    }

    private static Optional<Obstacle> property(TargetSettings words) {
        return new TreeMap<>(words.properties())
                .entrySet().stream()
                        .filter(property -> {
                            Set<String> harmless =
                                    HARMLESS.get(property.getKey().toLowerCase(Locale.ROOT));
                            return harmless != null
                                    && !harmless.contains(property.getValue().toLowerCase(Locale.ROOT));
                        })
                        .map(property -> new Obstacle(
                                "its property " + property.getKey() + " = " + property.getValue()
                                        + " asks for more than the Delta 1.0 that serverless SQL reads",
                                "Remove it from 'properties'; a table that has it keeps it until it is deleted."))
                        .findFirst();
    }

    private static Optional<Obstacle> type(TargetSettings words) {
        return words.columns().stream()
                .filter(column ->
                        NEW_TYPES.stream().anyMatch(column.type().text().toLowerCase(Locale.ROOT)::contains))
                .map(column -> new Obstacle(
                        "the type " + column.type().text() + " of its column "
                                + column.name().name() + " is newer than the Delta 1.0 that serverless SQL reads",
                        "Give the column another type, such as timestamp or string."))
                .findFirst();
    }
}
