package dev.ingot.deploy.databricks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.databricks.sdk.core.CredentialsProvider;
import com.databricks.sdk.core.DatabricksConfig;
import com.databricks.sdk.core.HeaderFactory;
import com.databricks.sdk.core.utils.SystemTimer;
import dev.ingot.deploy.Workspace;
import dev.ingot.deploy.databricks.FakeDatabricks.Fault;
import dev.ingot.diagnostics.IngotException;
import dev.ingot.secrets.Redaction;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a workspace refuses is said with what to do, and what passes is waited for. */
class ApiErrorsTest extends LiveTest {

    private static final String LIST = "/api/2.2/jobs/list";
    private static final String CREATE = "/api/2.2/jobs/create";
    private static final String AGAIN = "    Run the command again later.";
    private static final String LIMIT = "    The workspace has reached a limit. Run the command again later.";

    @Test
    void whoIsNotSignedInIsTold() {
        assertRefusal(
                LIST,
                "DEPLOY-006  Cannot look for the project's jobs: 401 UNAUTHENTICATED, 'Invalid access token'\n"
                        + "    Sign in, with 'databricks auth login' or DATABRICKS_TOKEN; a token may have expired.",
                Fault.UNAUTHENTICATED);
    }

    @Test
    void whoHasNothingToSignInWithIsTold() {
        authType = "oauth-m2m";
        assertRefusal(
                "",
                "DEPLOY-006  Cannot look at the file '/Volumes/main/ops/ingot/ingot-job_2.12-0.1.0.jar': nothing here signs"
                        + " in to the workspace\n"
                        + "    Sign in, with 'databricks auth login' or DATABRICKS_TOKEN; a token may have expired.");
    }

    @Test
    void aTokenIsNotShownWhereItIsSentBack() {
        assertRefusal(
                LIST,
                "DEPLOY-004  Cannot look for the project's jobs: 400 BAD_REQUEST, 'cannot pass on Bearer ***'",
                Fault.ECHO);
    }

    @Test
    void whateverSignsInIsNotShownInWhatIsPrinted() {
        JobsApi.of(databricks.host(), Map.of("DATABRICKS_TOKEN", "dapi-of-the-environment"));
        DatabricksConfig config = new DatabricksConfig()
                .setHost(databricks.host())
                .setClientId("deployer")
                .setClientSecret("secret-of-the-principal")
                .setAuthType("oauth-m2m");
        JobsApi.of(config, new SystemTimer());
        assertEquals("*** ***", Redaction.redact("dapi-of-the-environment secret-of-the-principal"));
    }

    @Test
    void aTokenThatIsAskedForWhenItIsNeededIsNotShownEither() {
        HeaderFactory asked = () -> Map.of("Authorization", "Bearer token-that-was-asked-for");
        DatabricksConfig config = new DatabricksConfig()
                .setHost(databricks.host())
                .setCredentialsProvider(new CredentialsProvider() {
                    @Override
                    public String authType() {
                        return "asking";
                    }

                    @Override
                    public HeaderFactory configure(DatabricksConfig any) {
                        return asked;
                    }
                });
        databricks.plant(LIST, Fault.ECHO);
        JobsApi api = JobsApi.of(config, new SystemTimer());

        IngotException refused = assertThrows(IngotException.class, () -> api.get(LIST, Map.of(), "look"));

        assertEquals(
                databricks.host() + "  error DEPLOY-004  Cannot look: 400 BAD_REQUEST, 'cannot pass on Bearer ***'",
                refused.getMessage());
    }

    @Test
    void aMissingRightIsNamed() {
        assertRefusal(
                CREATE,
                "DEPLOY-006  Cannot make the job 'shop-prod': 403 PERMISSION_DENIED, 'ada@example.com lacks Manage on"
                        + " the job'\n    Ask an administrator for the right that it names, or sign in as somebody who"
                        + " has it.",
                Fault.FORBIDDEN);
    }

    @Test
    void aVolumeThatIsNotThereIsNamed() {
        project.artifacts("/Volumes/main/ops/other");
        assertRefusal(
                "",
                "DEPLOY-004  Cannot upload '/Volumes/main/ops/other/ingot-job_2.12-0.1.0.jar': 404 NOT_FOUND, 'Volume"
                        + " 'other' does not exist.'\n    It may have been deleted a moment ago, or the path names"
                        + " something that is not there. Run the command again: it looks anew.");
    }

    @Test
    void aConflictIsSaid() {
        assertRefusal(
                CREATE,
                "DEPLOY-004  Cannot make the job 'shop-prod': 409 ABORTED, 'The job is being changed'\n"
                        + "    Somebody else changes it at this moment. Run the command again.",
                Fault.CONFLICT);
    }

    @Test
    void aLimitOfJobsIsSaidAlthoughItIsNoUsualStatus() {
        assertRefusal(
                CREATE,
                "DEPLOY-004  Cannot make the job 'shop-prod': 400 INVALID_STATE, 'The quota for jobs created in past"
                        + " 3600 seconds is used'\n" + LIMIT,
                Fault.TOO_MANY_JOBS);
    }

    @Test
    void aPageInsteadOfAnAnswerIsSaid() {
        assertRefusal(
                LIST,
                "DEPLOY-005  Cannot look for the project's jobs: the answer is no JSON, but a page for people perhaps\n"
                        + "    Look whether 'host' is the address of the workspace, and whether a proxy stands before"
                        + " it.",
                Fault.HTML);
    }

    @Test
    void aServerThatBreaksIsSaidAndNoSecondJobIsMadeBlindly() {
        assertRefusal(
                CREATE,
                "DEPLOY-005  Cannot make the job 'shop-prod': 500 INTERNAL_ERROR, 'Something broke'\n" + AGAIN,
                Fault.SERVER_ERROR);
        databricks.plant(CREATE, Fault.ANSWER_LOST);
        assertThrows(IngotException.class, this::deploy);
        assertEquals(1, databricks.jobs.size());
        assertEquals(List.of(), deploy());
        assertEquals(1, databricks.jobs.size());
    }

    @Test
    void tooManyRequestsAreSentAgainAfterTheTimeThatIsSaidOrAWhile() {
        databricks.plant(LIST, Fault.TOO_MANY_WITH_TIME, Fault.TOO_MANY);
        deploy();

        assertEquals(1, databricks.jobs.size());
        assertEquals(2, waits.size());
        assertEquals(7000, waits.get(0));
    }

    @Test
    void requestsThatAreTooManyForLongAreSaid() {
        Fault[] always = {Fault.TOO_MANY, Fault.TOO_MANY, Fault.TOO_MANY, Fault.TOO_MANY};
        assertRefusal(
                LIST,
                "DEPLOY-004  Cannot look for the project's jobs: 429 REQUEST_LIMIT_EXCEEDED, 'Too many requests'\n"
                        + LIMIT,
                always);
    }

    @Test
    void aWorkspaceThatIsNotThereIsSaid() {
        Workspace workspace = workspace();
        workspace.changes();
        databricks.close();
        IngotException refused = assertThrows(IngotException.class, workspace::changes);
        assertEquals(
                databricks.host() + "  error DEPLOY-005  Cannot look at the file"
                        + " '/Volumes/main/ops/ingot/ingot-job_2.12-0.1.0.jar': Connection refused\n" + AGAIN,
                refused.getMessage());
    }

    private void assertRefusal(String path, String expected, Fault... faults) {
        databricks.plant(path, faults);
        IngotException refused = assertThrows(IngotException.class, this::deploy);
        assertEquals(databricks.host() + "  error " + expected, refused.getMessage());
    }
}
