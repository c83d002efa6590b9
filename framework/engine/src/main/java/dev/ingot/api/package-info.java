/** Marks what is stable for people who write components. */
package dev.ingot.api;
