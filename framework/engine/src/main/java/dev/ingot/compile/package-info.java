/** Compiles plans to Spark datasets: over empty inputs to check a pipeline, over the inputs of a batch to run it. */
package dev.ingot.compile;
