package dev.ingot.cli;

/** The format of a command's standard output. */
enum OutputFormat {
    TEXT,
    JSON
}
