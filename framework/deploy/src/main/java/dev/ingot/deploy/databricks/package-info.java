/**
 * Databricks: a bundle of jobs as files, and the same jobs made, compared and started through the Jobs API 2.2. A job's
 * settings are one tree under the names that both use ({@link dev.ingot.deploy.databricks.JobSettings}). Only
 * {@link dev.ingot.deploy.databricks.JobsApi} and {@link dev.ingot.deploy.databricks.ArtifactUploads} know Databricks' SDK, which need
 * not be there to write files.
 */
package dev.ingot.deploy.databricks;
