package dev.ingot.run.history;

import dev.ingot.diagnostics.Diagnostic;
import dev.ingot.names.TableId;
import dev.ingot.run.write.RowCounts;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The result of one pipeline in a run. */
public sealed interface Outcome {

    /** Returns the name of the outcome in reports and in the run log. */
    String word();

    /** Returns the number of violating rows of each violated rule. */
    default Map<String, Long> violations() {
        return Map.of();
    }

    /**
     * A batch was written.
     *
     * @param before the table's version before the batch; -1 when the batch created the table
     * @param after the version that the batch committed
     * @param inputs a summary of what was read, by source
     * @param violations the number of violating rows of each violated rule
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

        /** Merges the summaries of what two batches of one run read from the same source. */
        public interface SummaryMerge {
            String merge(String source, String first, String second);
        }

        /**
         * Returns both batches as one, when one run wrote several.
         *
         * @param summaries merges the summaries of what both read from one source
         */
        public Written and(Written later, SummaryMerge summaries) {
            Map<String, String> read = new LinkedHashMap<>(inputs);
            later.inputs.forEach((source, summary) ->
                    read.merge(source, summary, (first, second) -> summaries.merge(source, first, second)));
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
     * There was nothing new to read; the table kept its version.
     *
     * @param version the table's version; -1 when it does not exist yet
     */
    record NothingNew(long version) implements Outcome {
        @Override
        public String word() {
            return "nothing new";
        }
    }

    /** The pipeline is a view, and its rules were checked at the versions that the run reads. */
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
     * The pipeline is archived, and its table was left unchanged.
     *
     * @param version the table's version; -1 when it does not exist
     */
    record Archived(long version) implements Outcome {
        @Override
        public String word() {
            return "archived";
        }
    }

    /** The pipeline failed; the table kept its version. */
    record Failed(List<Diagnostic> diagnostics) implements Outcome {
        public Failed {
            diagnostics = List.copyOf(diagnostics);
        }

        @Override
        public String word() {
            return "failed";
        }
    }

    /** The pipeline did not start, because one that it reads from failed. */
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
