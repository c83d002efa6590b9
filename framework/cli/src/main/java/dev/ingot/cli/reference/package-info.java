/**
 * Generates JSON Schemas for editors and a reference page for people from the code that reads the YAML files: the
 * options records, the component index and the codes. Loads no class of Spark.
 */
package dev.ingot.cli.reference;
