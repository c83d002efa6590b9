package dev.ingot.run.history;

import dev.ingot.config.RunValues;
import dev.ingot.diagnostics.Diagnostic;
import dev.ingot.names.TableId;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/** The results of a run. */
public record RunReport(RunValues run, List<PipelineReport> pipelines, Duration duration) {

    /**
     * The result of one pipeline.
     *
     * @param warnings what the user should know although it did not stop the run
     */
    public record PipelineReport(TableId id, Outcome outcome, Duration duration, List<String> warnings) {
        public PipelineReport {
            Objects.requireNonNull(id, "id");
            Objects.requireNonNull(outcome, "outcome");
            Objects.requireNonNull(duration, "duration");
            warnings = List.copyOf(warnings);
        }
    }

    public RunReport {
        Objects.requireNonNull(run, "run");
        pipelines = List.copyOf(pipelines);
        Objects.requireNonNull(duration, "duration");
    }

    /** Returns the diagnostics of all pipelines that failed. */
    public List<Diagnostic> failures() {
        return pipelines.stream()
                .map(PipelineReport::outcome)
                .filter(Outcome.Failed.class::isInstance)
                .flatMap(failed -> ((Outcome.Failed) failed).diagnostics().stream())
                .toList();
    }
}
