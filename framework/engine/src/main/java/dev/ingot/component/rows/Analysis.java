package dev.ingot.component.rows;

import dev.ingot.diagnostics.SourceSpan;
import java.util.Objects;
import java.util.concurrent.Callable;

/** Ties what Spark's analyser finds wrong to the line that says it. */
public final class Analysis {

    private Analysis() {}

    /** Spark refused an expression; the engine turns this into a diagnostic. */
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
     * What is wrong at a place that Spark would not object to, or would not explain.
     *
     * @param reason a clause that completes "Cannot apply transformation 'rename': ..."
     */
    public static Failure failure(SourceSpan span, String reason) {
        return new Failure(span, new IllegalArgumentException(reason));
    }

    /**
     * Does what {@code step} says.
     *
     * @throws Failure with the place, when Spark refuses
     */
    public static <T> T at(SourceSpan span, Callable<T> step) {
        try {
            return step.call();
        } catch (Failure | dev.ingot.diagnostics.IngotException placed) {
            throw placed;
        } catch (Exception refused) {
            throw new Failure(span, refused);
        }
    }
}
