/** Writes the index of components while they are compiled. */
package dev.ingot.processor;
