/**
 * The extension points. A component is one stateless class with a nested record {@code Options} and one annotation; it
 * is found through an index written at build time, so that reading files loads none of Spark.
 */
package dev.ingot.component;
