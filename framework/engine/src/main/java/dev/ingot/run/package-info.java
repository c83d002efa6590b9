/** Runs a plan: pipelines in the order of what they read, independent ones in parallel, each batch exactly once. */
package dev.ingot.run;
