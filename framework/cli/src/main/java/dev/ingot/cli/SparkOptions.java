package dev.ingot.cli;

import picocli.CommandLine.Option;

/** The options of commands that start Spark. */
final class SparkOptions {

    @Option(names = "--output", description = "text or json (default: text).")
    OutputFormat output = OutputFormat.TEXT;

    @Option(names = "--verbose", description = "Prints the duration of each stage and the stack trace of a failure.")
    boolean verbose;
}
