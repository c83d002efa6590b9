package dev.ingot.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ingot.deploy.Submission;
import dev.ingot.deploy.Submission.Refresh;
import dev.ingot.diagnostics.Code;
import dev.ingot.diagnostics.Diagnostic;
import dev.ingot.diagnostics.IngotException;
import dev.ingot.diagnostics.SourceSpan;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SubmitCommandTest {

    private FakeTarget target;

    @BeforeEach
    void project(@TempDir Path root) throws IOException {
        target = new FakeTarget(root);
    }

    private FakeTarget.Ended submit(String... arguments) {
        return target.run(SubmitCommand::new, arguments);
    }

    private void refuse(Code code, String remedy) {
        target.refusal = Optional.of(new IngotException(
                Diagnostic.error(code, SourceSpan.of("there"), "Cannot start the job 'shop-prod': rejected", remedy)));
    }

    @Test
    void startsAndFollowsTheRequestedRun() {
        FakeTarget.Ended ended =
                submit("bronze.daily", "--run-id", "r7", "--date", "2026-01-31", "--var", "least=7", "--full-refresh");

        assertEquals(
                List.of(new Submission(
                        "r7",
                        List.of("bronze.daily"),
                        Optional.of(LocalDate.of(2026, 1, 31)),
                        Map.of("least", "7"),
                        Refresh.FULL)),
                target.submissions);
        assertEquals("run id r7\nrun 12  https://there/12\nSUCCEEDED\n", ended.err());
        assertEquals(0, ended.code());
    }

    @Test
    void generatesARunIdByWhichARetryFindsTheRun() {
        refuse(Code.DEPLOY_UNREACHABLE, "Try again later.");

        FakeTarget.Ended ended = submit();

        String id = target.submissions.get(0).runId();
        assertTrue(id.matches("\\d{8}T\\d{9}"), id);
        assertEquals("""
                run id %1$s
                there  error DEPLOY-005  Cannot start the job 'shop-prod': rejected
                    Try again later. Retry with --run-id %1$s: a run that has started is found and not started twice.
                """.formatted(id), ended.err());
        assertEquals(3, ended.code());

        submit("--run-id", id);

        assertEquals(target.submissions.get(0), target.submissions.get(1));
    }

    @Test
    void doesNotSuggestARetryOfARejectedRun() {
        refuse(Code.DEPLOY_REFUSED, "");

        assertEquals(
                "run id r7\nthere  error DEPLOY-004  Cannot start the job 'shop-prod': rejected\n",
                submit("--run-id", "r7").err());
    }

    @Test
    void reportsAPlatformWithoutAnAddress() {
        target.reachable = false;

        assertEquals("""
                conf/env/prod.yml  error DEPLOY-001  Cannot submit to 'databricks': the environment does not configure its\
                 address
                    Databricks needs 'host:' under 'deploy: {databricks: ...}'. Platforms other than Databricks and Synapse\
                 take files and start the jobs themselves.
                """, submit().err());
    }
}
