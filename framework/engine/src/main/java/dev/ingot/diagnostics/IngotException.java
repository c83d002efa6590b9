package dev.ingot.diagnostics;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Ends a stage with all its findings. The diagnostics are written for users, so callers print those and never the stack
 * trace, unless the owner is {@link Owner#INTERNAL}.
 */
public final class IngotException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<Diagnostic> diagnostics;

    public IngotException(List<Diagnostic> diagnostics) {
        super(diagnostics.stream().map(Diagnostic::render).collect(Collectors.joining("\n")));
        this.diagnostics = List.copyOf(diagnostics);
    }

    public IngotException(Diagnostic diagnostic) {
        this(List.of(diagnostic));
    }

    /** Creates the exception with its technical cause, which is kept for the log. */
    public IngotException(Diagnostic diagnostic, Throwable cause) {
        this(List.of(diagnostic));
        initCause(cause);
    }

    public List<Diagnostic> diagnostics() {
        return diagnostics;
    }

    /** Returns the owner of the most severe error, who must act first. */
    public Owner owner() {
        return diagnostics.stream()
                .filter(diagnostic -> diagnostic.severity() == Severity.ERROR)
                .map(diagnostic -> diagnostic.code().owner())
                .max(java.util.Comparator.comparingInt(Owner::exitCode))
                .orElse(Owner.INTERNAL);
    }
}
