/**
 * What every Spark test needs and no test should write: one Spark application with Delta for the whole JVM, a session
 * and a temporary lake for each test, tables read back from their files, assertions that say which rows differ, and
 * further JVMs. Knows nothing of the engine; what the engine asks of Spark stands in {@code testkit.properties} on its
 * class path.
 */
package dev.ingot.testkit;
