package dev.ingot.session;

import dev.ingot.secrets.Redaction;
import org.apache.spark.ExceptionFailure;
import org.apache.spark.ExecutorLostFailure;
import org.apache.spark.FetchFailed;
import org.apache.spark.SparkException;
import org.apache.spark.TaskEndReason;
import org.apache.spark.TaskKilled;
import org.apache.spark.scheduler.JobFailed;
import org.apache.spark.scheduler.SparkListenerEvent;
import org.apache.spark.scheduler.SparkListenerJobEnd;
import org.apache.spark.scheduler.SparkListenerStageCompleted;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.scheduler.StageInfo;
import org.apache.spark.sql.execution.ui.SparkListenerSQLExecutionEnd;
import scala.Option;

/** Redacts the values of secrets in Spark's events: the message of a failure may quote the text of a remote service. */
final class RedactedEvents {

    private RedactedEvents() {}

    /** Returns the event, or a copy with its messages redacted. */
    static SparkListenerEvent redacted(SparkListenerEvent event) {
        if (event instanceof SparkListenerTaskEnd end) {
            return new SparkListenerTaskEnd(
                    end.stageId(),
                    end.stageAttemptId(),
                    end.taskType(),
                    redacted(end.reason()),
                    end.taskInfo(),
                    end.taskExecutorMetrics(),
                    end.taskMetrics());
        }
        if (event instanceof SparkListenerStageCompleted end) {
            StageInfo stage = end.stageInfo();
            stage.failureReason_$eq(redacted(stage.failureReason()));
        }
        if (event instanceof SparkListenerJobEnd end && end.jobResult() instanceof JobFailed failed) {
            return new SparkListenerJobEnd(end.jobId(), end.time(), new JobFailed(redacted(failed.exception())));
        }
        if (event instanceof SparkListenerSQLExecutionEnd end) {
            return new SparkListenerSQLExecutionEnd(end.executionId(), end.time(), redacted(end.errorMessage()));
        }
        return event;
    }

    private static TaskEndReason redacted(TaskEndReason reason) {
        if (reason instanceof ExceptionFailure failure) {
            return new ExceptionFailure(
                    failure.className(),
                    redacted(failure.description()),
                    failure.stackTrace(),
                    redacted(failure.fullStackTrace()),
                    Option.empty(),
                    failure.accumUpdates(),
                    failure.accums(),
                    failure.metricPeaks());
        }
        if (reason instanceof TaskKilled killed) {
            return new TaskKilled(
                    redacted(killed.reason()), killed.accumUpdates(), killed.accums(), killed.metricPeaks());
        }
        if (reason instanceof FetchFailed failed) {
            return failed.copy(
                    failed.bmAddress(),
                    failed.shuffleId(),
                    failed.mapId(),
                    failed.mapIndex(),
                    failed.reduceId(),
                    redacted(failed.message()));
        }
        if (reason instanceof ExecutorLostFailure lost) {
            return lost.copy(lost.execId(), lost.exitCausedByApp(), redacted(lost.reason()));
        }
        return reason;
    }

    private static Exception redacted(Exception failed) {
        SparkException redacted = new SparkException(redacted(failed.getMessage()));
        redacted.setStackTrace(failed.getStackTrace());
        return redacted;
    }

    private static Option<String> redacted(Option<String> text) {
        return text.isEmpty() ? text : Option.apply(redacted(text.get()));
    }

    private static String redacted(String text) {
        return text == null ? null : Redaction.redact(text);
    }
}
