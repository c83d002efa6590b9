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

    private static final String SAID = "refused for yqtzvxw";
    private static final String KEPT = "refused for ***";

    @BeforeAll
    static void knowTheSecret() {
        new Secret("yqtzvxw");
    }

    @Test
    void anExceptionOfATaskKeepsItsClassAndPlaces() {
        IllegalStateException failed = new IllegalStateException(SAID, new IllegalArgumentException(SAID));

        ExceptionFailure kept = (ExceptionFailure) reason(new ExceptionFailure(failed, none()));

        assertEquals("java.lang.IllegalStateException", kept.className());
        assertEquals(KEPT, kept.description());
        assertEquals(failed.getStackTrace().length, kept.stackTrace().length);
        assertEquals(2, kept.fullStackTrace().split(KEPT.replace("*", "\\*"), -1).length - 1);
        assertEquals(-1, kept.fullStackTrace().indexOf(SAID));
    }

    @Test
    void theOtherReasonsOfTasksTell() {
        BlockManagerId place = BlockManagerId.apply("1", "host", 1, Option.empty());
        TaskKilled killed = new TaskKilled(SAID, none(), none(), none());

        assertEquals(KEPT, ((TaskKilled) reason(killed)).reason());
        assertEquals(KEPT, ((FetchFailed) reason(new FetchFailed(place, 1, 2, 3, 4, SAID))).message());
        assertEquals(
                Option.apply(KEPT),
                ((ExecutorLostFailure) reason(new ExecutorLostFailure("1", true, Option.apply(SAID)))).reason());
        assertSame(Success$.MODULE$, reason(Success$.MODULE$));
    }

    private static TaskEndReason reason(TaskEndReason said) {
        SparkListenerTaskEnd end = (SparkListenerTaskEnd)
                RedactedEvents.redacted(new SparkListenerTaskEnd(7, 0, "ResultTask", said, null, null, null));
        assertEquals(7, end.stageId());
        return end.reason();
    }

    @Test
    void aJobFailsWithoutTheValue() {
        SparkListenerJobEnd said = new SparkListenerJobEnd(7, 8L, new JobFailed(new SparkException(SAID)));

        SparkListenerJobEnd kept = (SparkListenerJobEnd) RedactedEvents.redacted(said);

        assertEquals(7, kept.jobId());
        assertEquals(8L, kept.time());
        assertEquals(KEPT, ((JobFailed) kept.jobResult()).exception().getMessage());
        SparkListenerEvent fine = new SparkListenerJobEnd(7, 8L, JobSucceeded$.MODULE$);
        assertSame(fine, RedactedEvents.redacted(fine));
    }

    @Test
    void aQueryFailsWithoutTheValue() {
        SparkListenerSQLExecutionEnd said = new SparkListenerSQLExecutionEnd(7L, 8L, Option.apply(SAID));

        SparkListenerSQLExecutionEnd kept = (SparkListenerSQLExecutionEnd) RedactedEvents.redacted(said);

        assertEquals(7L, kept.executionId());
        assertEquals(8L, kept.time());
        assertEquals(Option.apply(KEPT), kept.errorMessage());
    }

    private static <T> List<T> none() {
        return List$.MODULE$.empty();
    }
}
