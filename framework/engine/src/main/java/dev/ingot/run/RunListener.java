package dev.ingot.run;

import dev.ingot.names.TableId;
import dev.ingot.run.history.RunReport;
import java.util.List;

/** Receives the events of a run when they happen, in the thread where they happen. */
public interface RunListener {

    /** The run has determined which pipelines it runs. */
    default void planned(List<TableId> pipelines) {}

    /** A pipeline starts, in the calling thread. */
    default void started(TableId pipeline) {}

    /** A pipeline ended, or was skipped. */
    default void finished(RunReport.PipelineReport report) {}

    /** A pipeline failed; the cause is for a log, and the user reads the diagnostics of the report. */
    default void failed(TableId pipeline, Throwable cause) {}

    /** Something went wrong that does not change the outcome of any pipeline. */
    default void warned(String message) {}

    /** A stage of the run ended, after a time. */
    default void stageFinished(String stage, long milliseconds) {}
}
