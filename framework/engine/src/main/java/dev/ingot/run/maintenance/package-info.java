/** Compacts tables and removes files that no version needs any more. */
package dev.ingot.run.maintenance;
