/**
 * Writes one batch: evaluates the rules, decides the quality gate, writes rejected rows to the quarantine, commits.
 * {@link dev.ingot.run.write.DirectWrite} serves the routes {@code direct} and {@code guarded},
 * {@link dev.ingot.run.write.StagedWrite} the route {@code staged}.
 */
package dev.ingot.run.write;
