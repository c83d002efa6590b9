/**
 * What can be wrong, as values: a stable code, a place, a reason, what is accepted and a remedy. Every stage collects
 * these and throws once, at its border. Depends on nothing.
 */
package dev.ingot.diagnostics;
