package dev.ingot.diagnostics;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Collects findings, so that all of them are reported at once. Not thread-safe. */
public final class Diagnostics {

    private static final Comparator<Diagnostic> BY_PLACE = Comparator.comparing(
                    (Diagnostic found) -> found.span().file())
            .thenComparing(found -> found.span().line())
            .thenComparing(found -> found.span().column());

    private final List<Diagnostic> found = new ArrayList<>();
    private long errors;

    public void add(Diagnostic diagnostic) {
        found.add(diagnostic);
        if (diagnostic.severity() == Severity.ERROR) {
            errors++;
        }
    }

    public void addAll(Diagnostics others) {
        others.found.forEach(this::add);
    }

    /**
     * Returns all findings, ordered by place; findings at the same place keep their order. A finding that several
     * pipelines share, such as a mistake in the defaults of their layer, is returned once.
     */
    public List<Diagnostic> all() {
        return found.stream().distinct().sorted(BY_PLACE).toList();
    }

    public boolean hasErrors() {
        return errorCount() > 0;
    }

    public long errorCount() {
        return errors;
    }

    /** Ends a stage: throws all findings when one of them is an error. */
    public void throwIfErrors() {
        if (hasErrors()) {
            throw new IngotException(all());
        }
    }
}
