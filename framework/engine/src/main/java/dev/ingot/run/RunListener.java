package dev.ingot.run;

import dev.ingot.names.TableId;
import dev.ingot.run.history.RunReport;
import java.util.List;

/** Is told what happens during a run, as it happens, in the thread where it happens. */
public interface RunListener {

    /** The run knows what it will do. */
    default void planned(List<TableId> pipelines) {}

    /** A pipeline begins, in the calling thread. */
    default void started(TableId pipeline) {}

    /** A pipeline reached its end, or was passed over. */
    default void finished(RunReport.PipelineReport report) {}

    /** A pipeline failed; the technical cause, for a log. What the user reads is in its report. */
    default void failed(TableId pipeline, Throwable cause) {}

    /** Something went wrong beside the pipelines, which are as they are reported. */
    default void warned(String message) {}

    /** A stage of the run took some time. */
    default void took(String stage, long milliseconds) {}
}
