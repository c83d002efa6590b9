/** Tests the shell launcher, {@code ./ingot}, in an environment like that of its users. */
package dev.ingot.integration.launcher;
