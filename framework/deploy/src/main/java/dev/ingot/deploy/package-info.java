/**
 * Deploys jobs to the platforms that run them. A {@link dev.ingot.deploy.Deployment} describes the jobs independently
 * of a platform. A {@link dev.ingot.deploy.Platform} generates its native job definitions and, if it has an API,
 * creates the jobs there and starts them.
 */
package dev.ingot.deploy;
