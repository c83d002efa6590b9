/** Runs a plan: pipelines in the order of their dependencies, independent ones in parallel, each batch exactly once. */
package dev.ingot.run;
