package dev.ingot.cli;

import dev.ingot.diagnostics.Diagnostic;
import dev.ingot.diagnostics.Severity;
import java.io.PrintWriter;
import java.util.List;

/** Prints diagnostics, and how many errors there are. */
final class DiagnosticsPrinter {

    private DiagnosticsPrinter() {}

    static void print(List<Diagnostic> diagnostics, PrintWriter out) {
        diagnostics.forEach(diagnostic -> out.println(diagnostic.render()));
        long errors = diagnostics.stream()
                .filter(diagnostic -> diagnostic.severity() == Severity.ERROR)
                .count();
        if (errors > 1) {
            out.println();
            out.println(errors + " errors");
        }
        out.flush();
    }
}
