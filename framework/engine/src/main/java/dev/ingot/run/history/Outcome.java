package dev.ingot.run.history;

import dev.ingot.diagnostics.Diagnostic;
import dev.ingot.names.TableId;
import dev.ingot.run.write.RowCounts;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** How a pipeline's part in a run ended. */
public sealed interface Outcome {

    /** The word for it in reports and in the history. */
    String word();

    /** Rows that violated each rule, for rules that were violated. */
    default Map<String, Long> violations() {
        return Map.of();
    }

    /**
     * A batch was written.
     *
     * @param before the table's version before the batch; -1 when the batch made the table
     * @param after the version that the batch made
     * @param inputs what was read, in words, by source
     * @param violations rows that violated each rule, for rules that were violated
     */
    record Written(
            long batch,
            long before,
            long after,
            RowCounts counts,
            Map<String, String> inputs,
            Map<String, Long> violations)
            implements Outcome {
        public Written {
            Objects.requireNonNull(counts, "counts");
            inputs = Collections.unmodifiableMap(new LinkedHashMap<>(inputs));
            violations = Collections.unmodifiableMap(new LinkedHashMap<>(violations));
        }

        /** Both batches, when one run wrote two. */
        public Written and(Written later) {
            Map<String, String> read = new LinkedHashMap<>(inputs);
            later.inputs.forEach((source, words) -> read.merge(source, words, (a, b) -> a + ", then " + b));
            Map<String, Long> violated = new LinkedHashMap<>(violations);
            later.violations.forEach((rule, rows) -> violated.merge(rule, rows, Long::sum));
            return new Written(later.batch, before, later.after, counts.plus(later.counts), read, violated);
        }

        @Override
        public String word() {
            return "written";
        }
    }

    /**
     * There was nothing to do; the table kept its version.
     *
     * @param version the table's version; -1 when there is none yet
     */
    record NothingNew(long version) implements Outcome {
        @Override
        public String word() {
            return "nothing new";
        }
    }

    /** It is a view, and its rules were met at what the run sees. */
    record Checked(Map<String, Long> violations) implements Outcome {
        public Checked {
            violations = Collections.unmodifiableMap(new LinkedHashMap<>(violations));
        }

        @Override
        public String word() {
            return "checked";
        }
    }

    /**
     * It is out of use, and was left as it is.
     *
     * @param version the table's version; -1 when there is none
     */
    record Archived(long version) implements Outcome {
        @Override
        public String word() {
            return "archived";
        }
    }

    /** It failed; the table kept its version. */
    record Failed(List<Diagnostic> diagnostics) implements Outcome {
        public Failed {
            diagnostics = List.copyOf(diagnostics);
        }

        @Override
        public String word() {
            return "failed";
        }
    }

    /** It was not begun, because a pipeline that it reads from failed. */
    record Skipped(TableId because) implements Outcome {
        public Skipped {
            Objects.requireNonNull(because, "because");
        }

        @Override
        public String word() {
            return "skipped";
        }
    }
}
