/** Contains the annotation processor that writes the index of components. */
package dev.ingot.processor;
