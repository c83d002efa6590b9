package dev.ingot.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.ingot.secrets.Secret;
import org.apache.spark.ExceptionFailure;
import org.apache.spark.ExecutorLostFailure;
import org.apache.spark.FetchFailed;
import org.apache.spark.SparkException;
import org.apache.spark.Success$;
import org.apache.spark.TaskEndReason;
import org.apache.spark.TaskKilled;
import org.apache.spark.scheduler.JobFailed;
import org.apache.spark.scheduler.JobSucceeded$;
import org.apache.spark.scheduler.SparkListenerEvent;
import org.apache.spark.scheduler.SparkListenerJobEnd;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.sql.execution.ui.SparkListenerSQLExecutionEnd;
import org.apache.spark.storage.BlockManagerId;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import scala.Option;
import scala.collection.immutable.List;
import scala.collection.immutable.List$;

class RedactedEventsTest {

    private static final String MESSAGE = "refused for yqtzvxw";
    private static final String REDACTED = "refused for ***";

    @BeforeAll
    static void registerTheSecret() {
        new Secret("yqtzvxw");
    }

    @Test
    void keepsClassAndStackTraceOfARedactedException() {
        IllegalStateException failed = new IllegalStateException(MESSAGE, new IllegalArgumentException(MESSAGE));

        ExceptionFailure redacted = (ExceptionFailure) reason(new ExceptionFailure(failed, none()));

        assertEquals("java.lang.IllegalStateException", redacted.className());
        assertEquals(REDACTED, redacted.description());
        assertEquals(failed.getStackTrace().length, redacted.stackTrace().length);
        assertEquals(2, redacted.fullStackTrace().split(REDACTED.replace("*", "\\*"), -1).length - 1);
        assertEquals(-1, redacted.fullStackTrace().indexOf(MESSAGE));
    }

    @Test
    void redactsOtherReasonsOfFailedTasks() {
        BlockManagerId place = BlockManagerId.apply("1", "host", 1, Option.empty());
        TaskKilled killed = new TaskKilled(MESSAGE, none(), none(), none());

        assertEquals(REDACTED, ((TaskKilled) reason(killed)).reason());
        assertEquals(REDACTED, ((FetchFailed) reason(new FetchFailed(place, 1, 2, 3, 4, MESSAGE))).message());
        assertEquals(
                Option.apply(REDACTED),
                ((ExecutorLostFailure) reason(new ExecutorLostFailure("1", true, Option.apply(MESSAGE)))).reason());
        assertSame(Success$.MODULE$, reason(Success$.MODULE$));
    }

    private static TaskEndReason reason(TaskEndReason original) {
        SparkListenerTaskEnd end = (SparkListenerTaskEnd)
                RedactedEvents.redacted(new SparkListenerTaskEnd(7, 0, "ResultTask", original, null, null, null));
        assertEquals(7, end.stageId());
        return end.reason();
    }

    @Test
    void redactsTheFailureOfAJob() {
        SparkListenerJobEnd event = new SparkListenerJobEnd(7, 8L, new JobFailed(new SparkException(MESSAGE)));

        SparkListenerJobEnd redacted = (SparkListenerJobEnd) RedactedEvents.redacted(event);

        assertEquals(7, redacted.jobId());
        assertEquals(8L, redacted.time());
        assertEquals(REDACTED, ((JobFailed) redacted.jobResult()).exception().getMessage());
        SparkListenerEvent success = new SparkListenerJobEnd(7, 8L, JobSucceeded$.MODULE$);
        assertSame(success, RedactedEvents.redacted(success));
    }

    @Test
    void redactsTheFailureOfAQuery() {
        SparkListenerSQLExecutionEnd event = new SparkListenerSQLExecutionEnd(7L, 8L, Option.apply(MESSAGE));

        SparkListenerSQLExecutionEnd redacted = (SparkListenerSQLExecutionEnd) RedactedEvents.redacted(event);

        assertEquals(7L, redacted.executionId());
        assertEquals(8L, redacted.time());
        assertEquals(Option.apply(REDACTED), redacted.errorMessage());
    }

    private static <T> List<T> none() {
        return List$.MODULE$.empty();
    }
}
