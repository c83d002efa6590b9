/** Pipelines as written: the components of a file with their settings and places. Their options are not read yet. */
package dev.ingot.definition;
