package dev.ingot.deploy.databricks;

import dev.ingot.options.Option;
import java.util.Objects;
import java.util.Optional;

/** Options of a job cluster, which lives as long as a run and is shared by its tasks. */
public record Cluster(
        @Option(
                description = "The Databricks runtime; its Scala version must be the job jar's.",
                example = "16.4.x-scala2.12")
        String sparkVersion,

        @Option(description = "The node type of driver and workers.", example = "Standard_D4ds_v5")
        String nodeType,

        @Option(description = "The number of workers.", example = "2")
        Optional<Integer> workers,

        @Option(
                description = "The bounds of the number of workers when the cluster scales automatically.",
                example = "{min: 1, max: 4}")
        Optional<Autoscale> autoscale,

        @Option(
                description =
                        "The access mode: 'dedicated' is for the run alone, with all features of Spark; 'standard' is"
                                + " shared under Unity Catalog, where an administrator must allow the jar; 'none' is"
                                + " without Unity Catalog.",
                defaultValue = "dedicated")
        SecurityMode securityMode) {

    /**
     * Databricks' {@code data_security_mode}. Newer names of the first two, such as DATA_SECURITY_MODE_DEDICATED, also
     * need a {@code kind} of cluster in some workspaces; these are accepted everywhere.
     */
    public enum SecurityMode {
        DEDICATED("SINGLE_USER"),
        STANDARD("USER_ISOLATION"),
        NONE("NONE");

        private final String apiValue;

        SecurityMode(String apiValue) {
            this.apiValue = apiValue;
        }

        String apiValue() {
            return apiValue;
        }
    }

    /** The bounds of autoscaling. */
    public record Autoscale(
            @Option(description = "The minimum number of workers.", example = "1")
            int min,

            @Option(description = "The maximum number of workers.", example = "4")
            int max) {

        public Autoscale {
            if (min < 0 || max <= min) {
                throw new IllegalArgumentException("'min' must be at least 0, and 'max' greater than 'min'");
            }
        }
    }

    public Cluster {
        Objects.requireNonNull(sparkVersion, "sparkVersion");
        Objects.requireNonNull(nodeType, "nodeType");
        Objects.requireNonNull(securityMode, "securityMode");
        if (workers.isPresent() == autoscale.isPresent()) {
            throw new IllegalArgumentException("exactly one of 'workers' and 'autoscale' is required");
        }
        if (workers.orElse(0) < 0) {
            throw new IllegalArgumentException("'workers' must be at least 0");
        }
    }
}
