/**
 * Deploys to Databricks: generates a bundle of jobs as files, and creates, compares and starts the same jobs through
 * the Jobs API 2.2. Both use the same tree of settings and names ({@link dev.ingot.deploy.databricks.JobSettings}).
 * Only {@link dev.ingot.deploy.databricks.JobsApi} and {@link dev.ingot.deploy.databricks.ApiErrors} use Databricks'
 * SDK, which is not needed to generate files.
 */
package dev.ingot.deploy.databricks;
