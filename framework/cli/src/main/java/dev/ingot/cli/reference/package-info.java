/**
 * The language described from the code that reads it: the options records, the component index and the codes become
 * JSON Schemas for editors and one page for people. Loads no class of Spark.
 */
package dev.ingot.cli.reference;
