/** The shell launcher, {@code ./ingot}, on a machine as its users have it. */
package dev.ingot.integration.launcher;
