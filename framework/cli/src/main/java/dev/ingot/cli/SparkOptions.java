package dev.ingot.cli;

import picocli.CommandLine.Option;

/** The options of commands that start Spark. */
final class SparkOptions {

    @Option(names = "--output", description = "text or json (default: text).")
    OutputFormat output = OutputFormat.TEXT;

    @Option(
            names = "--verbose",
            description = "Says what each stage took, and prints the technical cause of a failure.")
    boolean verbose;
}
