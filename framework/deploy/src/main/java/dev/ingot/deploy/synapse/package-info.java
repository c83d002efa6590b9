/**
 * Azure Synapse: the artifacts of a workspace as its git repository holds them, and batches submitted to its Spark pools.
 * The two are never mixed: what is deployed is files, what is submitted leaves no artifact behind.
 */
package dev.ingot.deploy.synapse;
