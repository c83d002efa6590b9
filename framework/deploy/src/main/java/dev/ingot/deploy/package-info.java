/**
 * Jobs on the platforms that run them. A {@link dev.ingot.deploy.Deployment} says platform-free what is to run; a
 * {@link dev.ingot.deploy.Platform} writes it down as that platform's own people would, and, where it can be reached,
 * makes the jobs there and starts them.
 */
package dev.ingot.deploy;
