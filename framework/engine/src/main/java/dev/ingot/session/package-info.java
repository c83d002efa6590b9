/** Starts or joins a Spark application, checks its settings, and redacts secrets in its output, log and events. */
package dev.ingot.session;
