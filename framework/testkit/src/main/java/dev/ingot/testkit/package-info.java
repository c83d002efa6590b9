/**
 * Supports Spark tests: one Spark application with Delta for the whole JVM, a session and a temporary lake for each
 * test, tables read from their files, assertions that list differing rows, and child JVMs. Independent of the engine,
 * which sets its Spark settings in {@code testkit.properties} on its class path.
 */
package dev.ingot.testkit;
