package dev.ingot.cli;

/** The form of what a command prints on standard output. */
enum OutputFormat {
    TEXT,
    JSON
}
