/**
 * Spark of one's own: on one machine, or a cluster of Spark itself, YARN or Kubernetes, reached by {@code spark-submit}.
 */
package dev.ingot.deploy.local;
