/** Pipelines as written: the parts of a file and the words beside them, each with its place. Options are not read yet. */
package dev.ingot.definition;
