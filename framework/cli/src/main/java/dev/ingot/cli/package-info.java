/** The command line: reads arguments, calls the engine, prints. Commands that need no Spark load none of it. */
package dev.ingot.cli;
