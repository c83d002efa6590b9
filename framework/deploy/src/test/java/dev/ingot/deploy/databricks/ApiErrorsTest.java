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

/** Errors of a workspace are reported with a remedy; transient ones are retried. */
class ApiErrorsTest extends LiveTest {

    private static final String LIST = "/api/2.2/jobs/list";
    private static final String CREATE = "/api/2.2/jobs/create";
    private static final String RETRY_LATER = "    Run the command again later.";
    private static final String LIMIT = "    The workspace has reached a limit. Run the command again later.";

    @Test
    void reportsAnInvalidToken() {
        assertFailure(
                LIST,
                "DEPLOY-006  Cannot list the project's jobs: 401 UNAUTHENTICATED, 'Invalid access token'\n"
                        + "    Sign in with 'databricks auth login' or DATABRICKS_TOKEN; a token may have expired.",
                Fault.UNAUTHENTICATED);
    }

    @Test
    void reportsMissingCredentials() {
        authType = "oauth-m2m";
        assertFailure(
                "",
                "DEPLOY-006  Cannot check the file '/Volumes/main/ops/ingot/ingot-job_2.12-0.1.0.jar': no valid"
                        + " credentials for the workspace on this machine\n"
                        + "    Sign in with 'databricks auth login' or DATABRICKS_TOKEN; a token may have expired.");
    }

    @Test
    void redactsATokenThatAProxyEchoes() {
        assertFailure(
                LIST,
                "DEPLOY-004  Cannot list the project's jobs: 400 BAD_REQUEST, 'cannot pass on Bearer ***'",
                Fault.ECHO);
    }

    @Test
    void redactsAllCredentials() {
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
    void redactsATokenThatIsRequestedOnDemand() {
        HeaderFactory onDemand = () -> Map.of("Authorization", "Bearer token-that-was-asked-for");
        DatabricksConfig config = new DatabricksConfig()
                .setHost(databricks.host())
                .setCredentialsProvider(new CredentialsProvider() {
                    @Override
                    public String authType() {
                        return "asking";
                    }

                    @Override
                    public HeaderFactory configure(DatabricksConfig any) {
                        return onDemand;
                    }
                });
        databricks.plant(LIST, Fault.ECHO);
        JobsApi api = JobsApi.of(config, new SystemTimer());

        IngotException failure = assertThrows(IngotException.class, () -> api.get(LIST, Map.of(), "read"));

        assertEquals(
                databricks.host() + "  error DEPLOY-004  Cannot read: 400 BAD_REQUEST, 'cannot pass on Bearer ***'",
                failure.getMessage());
    }

    @Test
    void reportsAMissingPermission() {
        assertFailure(
                CREATE,
                "DEPLOY-006  Cannot create the job 'shop-prod': 403 PERMISSION_DENIED, 'ada@example.com lacks Manage on"
                        + " the job'\n    Ask an administrator for the permission that it names, or sign in as a user"
                        + " who has it.",
                Fault.FORBIDDEN);
    }

    @Test
    void reportsAMissingVolume() {
        project.artifacts("/Volumes/main/ops/other");
        assertFailure(
                "",
                "DEPLOY-004  Cannot upload '/Volumes/main/ops/other/ingot-job_2.12-0.1.0.jar': 404 NOT_FOUND, 'Volume"
                        + " 'other' does not exist.'\n    It may have been deleted in the meantime, or the path does"
                        + " not exist. Run the command again: it reads the current state.");
    }

    @Test
    void reportsAConflict() {
        assertFailure(
                CREATE,
                "DEPLOY-004  Cannot create the job 'shop-prod': 409 ABORTED, 'The job is being changed'\n"
                        + "    Another request is changing it at the same time. Run the command again.",
                Fault.CONFLICT);
    }

    @Test
    void reportsALimitThatIsReturnedAs400() {
        assertFailure(
                CREATE,
                "DEPLOY-004  Cannot create the job 'shop-prod': 400 INVALID_STATE, 'The quota for jobs created in past"
                        + " 3600 seconds is used'\n" + LIMIT,
                Fault.TOO_MANY_JOBS);
    }

    @Test
    void reportsAnHtmlResponse() {
        assertFailure(
                LIST,
                "DEPLOY-005  Cannot list the project's jobs: the response is not JSON; it may be an HTML page\n"
                        + "    Check that 'host' is the URL of the workspace and that no proxy intercepts the"
                        + " request.",
                Fault.HTML);
    }

    @Test
    void reportsAServerErrorAndCreatesNoSecondJob() {
        assertFailure(
                CREATE,
                "DEPLOY-005  Cannot create the job 'shop-prod': 500 INTERNAL_ERROR, 'Something broke'\n" + RETRY_LATER,
                Fault.SERVER_ERROR);
        databricks.plant(CREATE, Fault.ANSWER_LOST);
        assertThrows(IngotException.class, this::deploy);
        assertEquals(1, databricks.jobs.size());
        assertEquals(List.of(), deploy());
        assertEquals(1, databricks.jobs.size());
    }

    @Test
    void retriesTooManyRequestsAfterRetryAfterOrTheDefaultPause() {
        databricks.plant(LIST, Fault.TOO_MANY_WITH_TIME, Fault.TOO_MANY);
        deploy();

        assertEquals(1, databricks.jobs.size());
        assertEquals(2, waits.size());
        assertEquals(7000, waits.get(0));
    }

    @Test
    void reportsTooManyRequestsAfterAllRetries() {
        Fault[] faults = {Fault.TOO_MANY, Fault.TOO_MANY, Fault.TOO_MANY, Fault.TOO_MANY};
        assertFailure(
                LIST,
                "DEPLOY-004  Cannot list the project's jobs: 429 REQUEST_LIMIT_EXCEEDED, 'Too many requests'\n" + LIMIT,
                faults);
    }

    @Test
    void reportsAnUnreachableWorkspace() {
        Workspace workspace = workspace();
        workspace.changes();
        databricks.close();
        IngotException failure = assertThrows(IngotException.class, workspace::changes);
        assertEquals(
                databricks.host() + "  error DEPLOY-005  Cannot check the file"
                        + " '/Volumes/main/ops/ingot/ingot-job_2.12-0.1.0.jar': Connection refused\n" + RETRY_LATER,
                failure.getMessage());
    }

    private void assertFailure(String path, String expected, Fault... faults) {
        databricks.plant(path, faults);
        IngotException failure = assertThrows(IngotException.class, this::deploy);
        assertEquals(databricks.host() + "  error " + expected, failure.getMessage());
    }
}
