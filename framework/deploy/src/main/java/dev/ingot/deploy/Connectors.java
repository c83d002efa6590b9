package dev.ingot.deploy;

import java.util.Optional;

/** What Hadoop needs for storages that a plain Spark cannot read. */
public final class Connectors {

    private Connectors() {}

    /** The Maven artifact, of Hadoop's group, for the storage of an address; empty when a plain Spark or a cluster has it. */
    public static Optional<String> of(String address) {
        return switch (address.replaceFirst(":.*", "")) {
            case "s3a" -> Optional.of("hadoop-aws");
            case "abfs", "abfss", "wasb", "wasbs" -> Optional.of("hadoop-azure");
            default -> Optional.empty();
        };
    }
}
