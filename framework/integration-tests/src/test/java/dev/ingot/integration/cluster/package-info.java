/** Tests a self-managed Spark: a standalone cluster and a Livy server, each of real processes on this machine. */
package dev.ingot.integration.cluster;
