package dev.ingot.deploy;

import java.util.Optional;

/** Finds the Hadoop connectors for storage systems that a plain Spark distribution cannot read. */
public final class Connectors {

    private Connectors() {}

    /**
     * Returns the Maven artifact, in Hadoop's group, for the storage system of a URI. Empty when Spark itself or the
     * cluster has the connector.
     */
    public static Optional<String> of(String uri) {
        return switch (uri.replaceFirst(":.*", "")) {
            case "s3a" -> Optional.of("hadoop-aws");
            case "abfs", "abfss", "wasb", "wasbs" -> Optional.of("hadoop-azure");
            default -> Optional.empty();
        };
    }
}
