/** Inspects without writing: a preview of a run, the difference of two versions, the health of an environment. */
package dev.ingot.run.inspect;
