/** The command line: parses arguments, calls the engine, prints. Commands without Spark load no class of it. */
package dev.ingot.cli;
