package dev.ingot.deploy.synapse;

import dev.ingot.deploy.livy.LivyBatchRequest;

/** The node size of a Spark pool. Drivers and executors fill a node: any other size is rejected or wastes the rest. */
public enum NodeSize {
    SMALL(4),
    MEDIUM(8),
    LARGE(16);

    /** The memory of a node that is available to Spark, in gigabytes per core. */
    private static final int MEMORY_PER_CORE = 7;

    private final int cores;

    NodeSize(int cores) {
        this.cores = cores;
    }

    /** Returns the size of a batch with a driver and some executors, each as large as a node. */
    LivyBatchRequest.Size with(int executors) {
        String memory = cores * MEMORY_PER_CORE + "g";
        return new LivyBatchRequest.Size(memory, cores, memory, cores, executors);
    }
}
