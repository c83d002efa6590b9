/** Compares the columns of a pipeline with those of its table, and alters the table as the declared policy allows. */
package dev.ingot.run.schema;
