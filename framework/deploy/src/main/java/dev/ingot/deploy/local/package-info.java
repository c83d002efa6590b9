/**
 * Runs jobs with {@code spark-submit}: on one machine, or on a standalone, YARN or Kubernetes cluster.
 */
package dev.ingot.deploy.local;
