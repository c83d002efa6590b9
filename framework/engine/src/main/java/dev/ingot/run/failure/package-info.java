/** Explains failures to the user: what went wrong, in which part, who can fix it and how. */
package dev.ingot.run.failure;
