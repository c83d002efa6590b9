/**
 * Submits batches through the REST API of Apache Livy, which Synapse implements too. Source: Livy's "REST API";
 * Microsoft's "Spark Batch" reference for what Synapse adds ({@code tags}, {@code result}, {@code errorInfo}).
 */
package dev.ingot.deploy.livy;
