package dev.ingot.deploy.synapse;

import dev.ingot.deploy.livy.LivyBatchRequest;

/** The size of a Spark pool's nodes. Drivers and executors fill a node: any other shape is refused or wastes the rest. */
public enum NodeSize {
    SMALL(4),
    MEDIUM(8),
    LARGE(16);

    /** Memory of a node for each of its cores that is left to Spark, in gigabytes. */
    private static final int MEMORY_PER_CORE = 7;

    private final int cores;

    NodeSize(int cores) {
        this.cores = cores;
    }

    /** A driver and some executors, each as large as a node. */
    LivyBatchRequest.Size with(int executors) {
        String memory = cores * MEMORY_PER_CORE + "g";
        return new LivyBatchRequest.Size(memory, cores, memory, cores, executors);
    }
}
