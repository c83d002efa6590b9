/**
 * Writes one batch: evaluates the rules, decides the quality gate, writes rejected rows to the quarantine, commits.
 * There are two routes, a direct write and a staged one.
 */
package dev.ingot.run.write;
