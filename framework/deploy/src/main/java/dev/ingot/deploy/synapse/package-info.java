/**
 * Azure Synapse: the artifacts of a workspace in its git repository, and batches submitted to its Spark pools. The two
 * are never mixed: a deployment writes only files, and a submitted batch leaves no artifact.
 */
package dev.ingot.deploy.synapse;
