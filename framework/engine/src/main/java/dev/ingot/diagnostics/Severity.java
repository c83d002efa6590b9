package dev.ingot.diagnostics;

/** Whether a finding stops the command. */
public enum Severity {
    ERROR,
    WARNING
}
