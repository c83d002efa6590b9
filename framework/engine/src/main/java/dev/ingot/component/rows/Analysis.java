package dev.ingot.component.rows;

import dev.ingot.diagnostics.SourceSpan;
import java.util.Objects;
import java.util.concurrent.Callable;

/** Attaches the source line to errors of Spark's analyzer. */
public final class Analysis {

    private Analysis() {}

    /** Thrown when Spark rejects an expression; the engine turns it into a diagnostic. */
    public static final class Failure extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final transient SourceSpan span;

        Failure(SourceSpan span, Exception cause) {
            super(cause);
            this.span = Objects.requireNonNull(span, "span");
        }

        public SourceSpan span() {
            return span;
        }
    }

    /**
     * Returns an error at a line that Spark would accept, or would not explain.
     *
     * @param reason a clause that completes "Cannot apply transformation 'rename': ..."
     */
    public static Failure failure(SourceSpan span, String reason) {
        return new Failure(span, new IllegalArgumentException(reason));
    }

    /**
     * Runs an analysis.
     *
     * @throws Failure with the place, when Spark rejects it
     */
    public static <T> T at(SourceSpan span, Callable<T> step) {
        try {
            return step.call();
        } catch (Failure | dev.ingot.diagnostics.IngotException placed) {
            throw placed;
        } catch (Exception failure) {
            throw new Failure(span, failure);
        }
    }
}
