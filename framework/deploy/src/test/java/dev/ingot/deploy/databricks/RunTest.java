package dev.ingot.deploy.databricks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ingot.deploy.RemoteRun;
import dev.ingot.deploy.RemoteRun.Phase;
import dev.ingot.deploy.RemoteRun.State;
import dev.ingot.deploy.RunWatcher;
import dev.ingot.deploy.Submission;
import dev.ingot.deploy.Submission.Refresh;
import dev.ingot.deploy.Workspace;
import dev.ingot.deploy.databricks.FakeDatabricks.Fault;
import dev.ingot.diagnostics.IngotException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Starts, follows and cancels runs in a workspace. */
class RunTest extends LiveTest {

    private static final Submission WHOLE_JOB =
            new Submission("r1", List.of(), Optional.empty(), Map.of(), Refresh.NEW);

    private final List<String> lines = new ArrayList<>();

    @Test
    void startsARunWithParametersAndFollowsItToItsEnd() {
        deploy();
        Submission backfill = new Submission(
                "r1",
                List.of("silver.orders"),
                Optional.of(LocalDate.of(2026, 1, 2)),
                Map.of("least", "7"),
                Refresh.FULL);

        RemoteRun run = submit(backfill);

        assertEquals(0, follow(run));
        assertEquals(
                List.of(
                        "run " + run.id() + "  " + databricks.host() + "/?o=1#job/1/run/" + run.id(),
                        "RUNNING",
                        "TERMINATED SUCCESS"),
                lines);
        JsonNode sent = databricks.submissions.get(0);
        assertEquals("[\"silver_orders\"]", sent.path("only").toString());
        assertEquals(
                "{\"run_id\":\"r1\",\"run_date\":\"2026-01-02\",\"full_refresh\":\"true\",\"var_least\":\"7\"}",
                sent.path("job_parameters").toString());
        assertEquals(64, sent.path("idempotency_token").asText().length());
    }

    @Test
    void reportsTheErrorOfEachTaskThatItselfFailed() {
        databricks.script.clear();
        databricks.script.add(FakeRun.status("TERMINATED", "RUN_EXECUTION_ERROR"));
        databricks.errors.put("bronze_orders", "DATA-001  Cannot write bronze.orders: 3 rows are too many\n");
        deploy();

        assertEquals(1, follow(submit(WHOLE_JOB)));
        assertEquals(
                List.of(
                        "TERMINATED RUN_EXECUTION_ERROR",
                        "task bronze_orders: DATA-001  Cannot write bronze.orders: 3 rows are too many"),
                lines.subList(1, lines.size()));
    }

    @Test
    void findsAFailedTaskOnALaterPage() {
        IntStream.range(0, 120)
                .forEach(i -> project.pipeline(
                        "bronze.t" + i, "source:\n  rows: [{id: 1}]\n", "{layer: bronze, mode: append}"));
        databricks.script.clear();
        databricks.script.add(FakeRun.status("TERMINATED", "RUN_EXECUTION_ERROR"));
        databricks.errors.put("silver_orders", "the last one");
        deploy();

        assertEquals(
                List.of("task silver_orders: the last one"),
                submit(WHOLE_JOB).state().messages());
    }

    @Test
    void reportsTheMessageOfARunThatFailedAsAWhole() {
        databricks.script.clear();
        databricks.script.add(FakeRun.status("TERMINATED", "CLUSTER_REQUEST_LIMIT_EXCEEDED"));
        deploy();

        assertEquals(
                new State(
                        Phase.FAILED,
                        "TERMINATED CLUSTER_REQUEST_LIMIT_EXCEEDED",
                        List.of("ended with CLUSTER_REQUEST_LIMIT_EXCEEDED")),
                submit(WHOLE_JOB).state());
    }

    @Test
    void cancelsTheRunWhenInterruptedAndWaitsForItsEnd() {
        deploy();
        RemoteRun run = submit(WHOLE_JOB);

        RunWatcher.Pause interruptOnce = new RunWatcher.Pause() {
            private int calls;

            @Override
            public void of(Duration time) throws InterruptedException {
                if (calls++ == 0) {
                    throw new InterruptedException();
                }
            }
        };

        assertEquals(RunWatcher.CANCELLED, new RunWatcher(Duration.ZERO, interruptOnce, lines::add).follow(run));
        assertEquals(
                List.of("RUNNING", "cancelling", "TERMINATING", "TERMINATED USER_CANCELED"),
                lines.subList(1, lines.size()));
    }

    @Test
    void startsOneRunDespiteALostAnswerAndASecondSubmission() {
        deploy();
        databricks.plant("/api/2.2/jobs/run-now", Fault.ANSWER_LOST, Fault.SERVER_ERROR);

        RemoteRun run = submit(WHOLE_JOB);
        RemoteRun again = submit(WHOLE_JOB);
        RemoteRun other = submit(new Submission("r2", List.of(), Optional.empty(), Map.of(), Refresh.NEW));

        assertEquals(run.id(), again.id());
        assertEquals(2, databricks.runs.size());
        assertTrue(!other.id().equals(run.id()));
    }

    @Test
    void startsAnotherAttemptAfterAFailedOrCancelledRun() {
        databricks.script.clear();
        databricks.script.add(FakeRun.status("TERMINATED", "RUN_EXECUTION_ERROR"));
        deploy();
        RemoteRun first = submit(WHOLE_JOB);
        RemoteRun second = submit(WHOLE_JOB);
        databricks.script.clear();
        databricks.script.add(FakeRun.status("TERMINATED", "USER_CANCELED"));
        RemoteRun third = submit(WHOLE_JOB);
        databricks.script.clear();
        databricks.script.add(FakeRun.status("TERMINATED", "SUCCESS"));
        RemoteRun fourth = submit(WHOLE_JOB);

        assertEquals(4, Set.of(first.id(), second.id(), third.id(), fourth.id()).size());
        assertEquals(fourth.id(), submit(WHOLE_JOB).id());
        assertEquals(4, databricks.runs.size());
    }

    @Test
    void startsAnotherRunForADifferentRequestWithTheSameRunId() {
        deploy();
        List<Submission> others = List.of(
                WHOLE_JOB,
                new Submission("r1", List.of("silver.orders"), Optional.empty(), Map.of(), Refresh.NEW),
                new Submission("r1", List.of("bronze.orders"), Optional.empty(), Map.of(), Refresh.NEW),
                new Submission("r1", List.of(), Optional.of(LocalDate.of(2026, 1, 2)), Map.of(), Refresh.NEW),
                new Submission("r1", List.of(), Optional.empty(), Map.of("least", "7"), Refresh.NEW),
                new Submission("r1", List.of(), Optional.empty(), Map.of(), Refresh.FULL));

        others.forEach(this::submit);

        assertEquals(others.size(), databricks.runs.size());
    }

    @Test
    void mapsStatesOfOldAndUnknownVersions() {
        assertEquals(Phase.WAITING, phase(FakeRun.status("BLOCKED", "")));
        assertEquals(Phase.RUNNING, phase(FakeRun.status("HIBERNATING", "")));
        assertEquals(Phase.RUNNING, phase(FakeRun.oldStatus("DREAMING", "")));
        assertEquals(Phase.WAITING, phase(FakeRun.oldStatus("WAITING_FOR_RETRY", "")));
        assertEquals(Phase.SUCCEEDED, phase(FakeRun.oldStatus("TERMINATED", "SUCCESS")));
        assertEquals(Phase.CANCELLED, phase(FakeRun.oldStatus("TERMINATED", "CANCELED")));
        assertEquals(Phase.FAILED, phase(FakeRun.oldStatus("INTERNAL_ERROR", "FAILED")));
        assertEquals(Phase.FAILED, phase(FakeRun.oldStatus("SKIPPED", "MAXIMUM_CONCURRENT_RUNS_REACHED")));
        assertEquals(Phase.FAILED, phase(FakeRun.status("TERMINATED", "SUCCESS_WITH_FAILURES")));
        assertEquals(Phase.FAILED, phase(FakeRun.status("TERMINATED", "STRUCK_BY_LIGHTNING")));
    }

    @Test
    void reportsAMissingJob() {
        IngotException missing = assertThrows(IngotException.class, () -> submit(WHOLE_JOB));

        assertEquals(
                databricks.host() + "  error DEPLOY-004  Cannot start the job 'shop-prod': it does not exist\n"
                        + "    Create it with 'ingot deploy databricks'.",
                missing.getMessage());
    }

    @Test
    void rejectsSelectionsOfPartialTasksOrSeveralJobs() {
        project.settings("tasks: layer")
                .pipeline("bronze.more", "source:\n  rows: [{id: 1}]\n", "{layer: bronze, mode: append}")
                .pipeline(
                        "gold.totals",
                        "schedule: {cron: '0 7 * * *'}\nsource: {table: silver.orders}\n",
                        "{layer: gold, mode: overwrite}");
        deploy();

        assertEquals(
                "selection  error DEPLOY-001  Cannot start a run of the selection: the task 'bronze' also makes"
                        + " bronze.more\n"
                        + "    Select all tables of the task, or set 'tasks: pipeline' under 'deploy:' and deploy"
                        + " again.",
                error("bronze.orders"));
        assertEquals(
                "selection  error DEPLOY-001  Cannot start a run of the selection: it covers the jobs shop,"
                        + " shop_gold_totals, but a run belongs to one job\n"
                        + "    Select tables of one job, and start a run for each job.",
                error());
    }

    private String error(String... selection) {
        Submission submission = new Submission("r", List.of(selection), Optional.empty(), Map.of(), Refresh.NEW);
        return assertThrows(IngotException.class, () -> submit(submission)).getMessage();
    }

    private RemoteRun submit(Submission submission) {
        try (Workspace workspace = workspace()) {
            return workspace.submit(submission);
        }
    }

    private int follow(RemoteRun run) {
        return new RunWatcher(Duration.ZERO, time -> {}, lines::add).follow(run);
    }

    private static Phase phase(JsonNode run) {
        return RunState.of(run).phase();
    }
}
