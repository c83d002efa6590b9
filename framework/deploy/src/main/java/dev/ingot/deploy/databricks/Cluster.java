package dev.ingot.deploy.databricks;

import dev.ingot.options.Option;
import java.util.Objects;
import java.util.Optional;

/** A cluster that lives as long as a run; the tasks of the run share it. */
public record Cluster(
        @Option(description = "The Databricks runtime, of the job jar's Scala version.", example = "16.4.x-scala2.12")
        String sparkVersion,

        @Option(description = "The machine of driver and workers.", example = "Standard_D4ds_v5")
        String nodeType,

        @Option(description = "How many workers.", example = "2")
        Optional<Integer> workers,

        @Option(description = "Between how many workers the cluster may choose.", example = "{min: 1, max: 4}")
        Optional<Autoscale> autoscale,

        @Option(
                description =
                        "Who may use it: 'dedicated' is the run alone, with all of Spark; 'standard' is shared under"
                                + " Unity Catalog, where an administrator must allow the jar; 'none' is without Unity Catalog.",
                defaultValue = "dedicated")
        SecurityMode securityMode) {

    /**
     * Databricks' {@code data_security_mode}. Its newer words for the first two, such as DATA_SECURITY_MODE_DEDICATED, need
     * a {@code kind} of cluster beside them in some workspaces; these are taken everywhere.
     */
    public enum SecurityMode {
        DEDICATED("SINGLE_USER"),
        STANDARD("USER_ISOLATION"),
        NONE("NONE");

        private final String word;

        SecurityMode(String word) {
            this.word = word;
        }

        String word() {
            return word;
        }
    }

    /** Bounds of the number of workers. */
    public record Autoscale(
            @Option(description = "The fewest workers.", example = "1")
            int min,

            @Option(description = "The most workers.", example = "4")
            int max) {

        public Autoscale {
            if (min < 0 || max <= min) {
                throw new IllegalArgumentException("'min' must be at least 0 and 'max' more than 'min'");
            }
        }
    }

    public Cluster {
        Objects.requireNonNull(sparkVersion, "sparkVersion");
        Objects.requireNonNull(nodeType, "nodeType");
        Objects.requireNonNull(securityMode, "securityMode");
        if (workers.isPresent() == autoscale.isPresent()) {
            throw new IllegalArgumentException("it needs either 'workers' or 'autoscale'");
        }
        if (workers.orElse(0) < 0) {
            throw new IllegalArgumentException("'workers' must be at least 0");
        }
    }
}
