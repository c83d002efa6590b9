package dev.ingot.deploy.synapse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ingot.deploy.Artifacts;
import dev.ingot.deploy.Change;
import dev.ingot.deploy.Change.Difference;
import dev.ingot.deploy.Change.Kind;
import dev.ingot.deploy.DeploymentTarget;
import dev.ingot.deploy.RemoteRun;
import dev.ingot.deploy.RemoteRun.Phase;
import dev.ingot.deploy.Submission;
import dev.ingot.deploy.Submission.Refresh;
import dev.ingot.deploy.Workspace;
import dev.ingot.deploy.livy.FakeLivy;
import dev.ingot.deploy.rest.RetryPolicy;
import dev.ingot.diagnostics.IngotException;
import dev.ingot.secrets.Redaction;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class SynapseWorkspaceTest {

    private static final String BATCHES = "/livyApi/versions/2019-11-01-preview/sparkPools/spark35/batches";
    private static final Submission WHOLE = new Submission("r7", List.of(), Optional.empty(), Map.of(), Refresh.NEW);

    @TempDir
    private Path root;

    private final Map<String, String> environment = new TreeMap<>();
    private FakeLivy server;
    private FakeStorage storage;

    @BeforeEach
    void start() throws IOException {
        server = new FakeLivy().token("t0ken", 3600);
        storage = new FakeStorage("t0ken");
        environment.putAll(Map.of(
                "AZURE_TENANT_ID", "acme",
                "AZURE_CLIENT_ID", "deployer",
                "AZURE_CLIENT_SECRET", "s3cret+",
                "AZURE_AUTHORITY_HOST", server.uri() + "/"));
    }

    @AfterEach
    void stop() {
        server.close();
        storage.close();
    }

    private Workspace workspace() {
        DeploymentTarget<?> declared = new SmallProject(root).declared();
        RetryPolicy pace = new RetryPolicy(Duration.ofSeconds(5), 3, Duration.ofMillis(10), Duration.ofSeconds(1));
        return new Synapse(host -> host.equals("acme-data.dev.azuresynapse.net") ? server.uri() : storage.uri(), pace)
                .workspace(
                        declared.deployment(),
                        (Synapse.Options) declared.options(),
                        new Artifacts(root.resolve("here.jar"), root.resolve("here.zip")),
                        environment)
                .orElseThrow();
    }

    private String refusal() {
        return assertThrows(IngotException.class, () -> submit(WHOLE)).getMessage();
    }

    /** Starts a run after the files are uploaded. */
    private RemoteRun submit(Submission submission) {
        storage.add("/jobs/ingot/ingot-job-0.1.0.jar").add("/jobs/ingot/shop-1a2b3c.zip");
        return workspace().submit(submission);
    }

    @Test
    void submitsTheWholeProjectAsOneBatch() {
        RemoteRun run = submit(WHOLE);
        ObjectNode batch = server.batches().get(0);
        assertEquals(
                "{\"name\":\"shop-prod-r7-83c8f0eeaf1f\",\"file\":\"abfss://jobs@acct.dfs.core.windows.net/ingot/ingot-job-0.1.0.jar\","
                        + "\"className\":\"dev.ingot.cli.JobMain\",\"args\":[\"run\",\"--project\","
                        + "\"abfss://jobs@acct.dfs.core.windows.net/ingot/shop-1a2b3c.zip\",\"--env\",\"prod\","
                        + "\"--run-id\",\"r7\"],\"conf\":{\"spark.dynamicAllocation.enabled\":\"false\","
                        + "\"spark.sql.catalog.spark_catalog\":\"org.apache.spark.sql.delta.catalog.DeltaCatalog\","
                        + "\"spark.sql.extensions\":\"io.delta.sql.DeltaSparkSessionExtension\","
                        + "\"spark.sql.shuffle.partitions\":\"64\"},\"driverMemory\":\"28g\",\"driverCores\":4,"
                        + "\"executorMemory\":\"28g\",\"executorCores\":4,\"numExecutors\":2,"
                        + "\"tags\":{\"environment\":\"prod\",\"project\":\"shop\",\"run\":\"r7\"},"
                        + "\"id\":0,\"state\":\"starting\"}",
                batch.toString());
        assertEquals("0", run.id());
        assertEquals(
                "https://web.azuresynapse.net, workspace acme-data, Monitor > Apache Spark applications, 'shop-prod-r7-83c8f0eeaf1f'"
                        + " (Livy id 0)",
                run.page());
        assertEquals(Phase.WAITING, run.state().phase());
        batch.put("state", "success");
        assertEquals(Phase.SUCCEEDED, run.state().phase());
        assertEquals(
                List.of(
                        "POST /acme/oauth2/v2.0/token",
                        "POST /acme/oauth2/v2.0/token",
                        "GET " + BATCHES + "?from=0&size=20&detailed=true",
                        "POST " + BATCHES + "?detailed=true",
                        "GET " + BATCHES + "/0?detailed=true",
                        "GET " + BATCHES + "/0?detailed=true"),
                server.requests());
    }

    @Test
    void passesTheSubmissionAsArguments() {
        submit(new Submission(
                "r8",
                List.of("silver.orders+"),
                Optional.of(LocalDate.of(2026, 1, 31)),
                Map.of("landing", "abfss://x"),
                Refresh.FULL));
        assertEquals(
                "[\"run\",\"silver.orders+\",\"--project\",\"abfss://jobs@acct.dfs.core.windows.net/ingot/shop-1a2b3c.zip\","
                        + "\"--env\",\"prod\",\"--run-id\",\"r8\",\"--date\",\"2026-01-31\",\"--var\","
                        + "\"landing=abfss://x\",\"--full-refresh\"]",
                server.batches().get(0).path("args").toString());
    }

    @Test
    void rejectsAnEmptySelectionBeforeAnyRequest() {
        Submission typo = new Submission("r7", List.of("silver.ordres"), Optional.empty(), Map.of(), Refresh.NEW);
        assertEquals("""
                selection  error PLAN-006  Cannot select 'silver.ordres': no pipeline matches
                    accepted: bronze.orders_raw, gold.totals, silver.orders       did you mean 'silver.orders'?
                    Also accepted: tag:NAME, layer:NAME, path:FOLDER, and '+' before or after a name to add\
                 upstream or downstream tables.""", assertThrows(IngotException.class, () -> submit(typo)).getMessage());
        assertEquals(List.of(), server.requests());
    }

    @Test
    void rejectsARunOfFilesThatAreNotUploaded() {
        String remedy = " not uploaded\n    Run 'ingot deploy synapse --env prod' first.";
        String place = "abfss://jobs@acct.dfs.core.windows.net/ingot  error DEPLOY-004  Cannot start a run: ";
        assertEquals(
                place + "ingot-job-0.1.0.jar and shop-1a2b3c.zip are" + remedy,
                assertThrows(IngotException.class, () -> workspace().submit(WHOLE))
                        .getMessage());
        storage.add("/jobs/ingot/ingot-job-0.1.0.jar");
        assertEquals(
                place + "shop-1a2b3c.zip is" + remedy,
                assertThrows(IngotException.class, () -> workspace().submit(WHOLE))
                        .getMessage());
        assertEquals(List.of(), server.batches());
    }

    @Test
    void reusesARunWithTheSameIdUnlessItFailed() {
        assertEquals(submit(WHOLE).id(), submit(WHOLE).id());
        assertEquals(1, server.batches().size());
        server.batches().get(0).put("state", "dead");
        assertEquals("1", submit(WHOLE).id());
    }

    @Test
    void submitsAnotherBatchForAnotherRequestWithTheSameId() {
        submit(new Submission("r7", List.of("silver.orders"), Optional.empty(), Map.of(), Refresh.NEW));
        submit(new Submission("r7", List.of("gold.totals"), Optional.empty(), Map.of(), Refresh.NEW));
        assertEquals(2, server.batches().size());
    }

    @Test
    void namesMissingRoles() {
        server.fault("POST", FakeLivy.status(403, "application/json", "{\"message\":\"no useCompute\"}"));
        assertEquals("""
                127.0.0.1  error DEPLOY-006  Cannot submit the batch 'shop-prod-r7-83c8f0eeaf1f': Synapse denied permission (HTTP 403:\
                 no useCompute)
                    Grant this identity the role 'Synapse Compute Operator' on the pool 'spark35', or 'Synapse Apache Spark\
                 Administrator'; Studio shows roles under Manage > Access control.""", refusal());
    }

    @Test
    void reportsAMissingPool() {
        server.fault("GET", FakeLivy.status(404, "application/json", "{\"message\":\"Spark pool not found\"}"));
        assertEquals("""
                127.0.0.1  error DEPLOY-004  Cannot list the batches: not found (HTTP 404: Spark pool not found)
                    Check 'workspace', 'pool' and 'api_version' under 'deploy: {synapse: ...}'.""", refusal());
    }

    @Test
    void namesUnsetVariables() {
        environment.remove("AZURE_CLIENT_ID");
        environment.put("AZURE_CLIENT_SECRET", " ");
        assertEquals("""
                AZURE_CLIENT_ID  error DEPLOY-006  Cannot sign in to Microsoft Entra ID: AZURE_CLIENT_ID,\
                 AZURE_CLIENT_SECRET are not set
                    Set them to those of a service principal with a role in the workspace, or unset all of them and sign\
                 in with 'az login'. Generating files needs neither.""", refusal());
        assertEquals(List.of(), server.requests());
    }

    private void az(String script) throws IOException {
        EntraToken.PRINCIPAL.forEach(environment::remove);
        environment.put("PATH", root + File.pathSeparator + System.getenv("PATH"));
        Files.writeString(root.resolve("az"), "#!/bin/sh\n" + script);
        assertTrue(root.resolve("az").toFile().setExecutable(true));
    }

    @Test
    void usesTheAzureCliWithoutVariables() throws IOException {
        az("""
                echo "$*" | grep -Eq '^account get-access-token --scope https://(dev.azuresynapse.net|storage.azure.com)/.default\
                 --output json$' || exit 1
                echo '{"accessToken": "t0ken", "expires_on": 4102444800}'
                """);
        assertEquals("0", submit(WHOLE).id());
    }

    @Test
    void reportsAMissingSignIn() throws IOException {
        az("echo secret things >&2; exit 1\n");
        assertEquals("""
                az  error DEPLOY-006  Cannot sign in with the Azure CLI: it returned no token
                    Run 'az login' again, or set AZURE_TENANT_ID, AZURE_CLIENT_ID, AZURE_CLIENT_SECRET.""", refusal());
    }

    @Test
    void killsAHangingAzureCliAndReportsIt() throws IOException {
        az("echo $$ > \"$(dirname \"$0\")/pid\"; sleep 60\n");
        AzureCli cli = new AzureCli(root.resolve("az"), environment, Duration.ofSeconds(2));
        assertEquals(
                """
                az  error DEPLOY-006  Cannot sign in with the Azure CLI: it did not answer in 2 seconds
                    Run 'az login' again, or set AZURE_TENANT_ID, AZURE_CLIENT_ID, AZURE_CLIENT_SECRET.""",
                assertThrows(IngotException.class, () -> cli.token("scope")).getMessage());
        long process = Long.parseLong(Files.readString(root.resolve("pid")).strip());
        ProcessHandle.of(process)
                .ifPresent(left -> left.onExit().orTimeout(10, TimeUnit.SECONDS).join());
    }

    @Test
    void redactsTheSecretAndTokens() throws IOException {
        environment.put("AZURE_CLIENT_SECRET", "s3cret+of+the+principal");
        server.token("t0ken-of-the-principal", 3600);
        storage.token("t0ken-of-the-principal");
        submit(WHOLE);
        az("echo '{\"accessToken\": \"t0ken-of-the-cli\", \"expires_on\": 4102444800}'\n");
        server.token("t0ken-of-the-cli", 3600);
        storage.token("t0ken-of-the-cli");
        submit(WHOLE);
        assertEquals(
                "*** *** ***", Redaction.redact("s3cret+of+the+principal t0ken-of-the-principal t0ken-of-the-cli"));
    }

    @Test
    void reportsAWrongSecretWithoutPrintingIt() {
        environment.put("AZURE_CLIENT_SECRET", "wr0ng");
        assertEquals("""
                https://storage.azure.com  error DEPLOY-006  Cannot sign in: Microsoft Entra returned no token (401,\
                 AADSTS7000215)
                    Check AZURE_TENANT_ID, AZURE_CLIENT_ID and AZURE_CLIENT_SECRET.""", refusal());
    }

    @Test
    void requestsANewTokenWhenTheOldOneExpires() {
        server.token("t0ken", 60);
        RemoteRun run = submit(WHOLE);
        server.token("an0ther", 3600);
        assertEquals(Phase.WAITING, run.state().phase());
        assertEquals(Phase.WAITING, run.state().phase());
        assertEquals(
                5,
                server.requests().stream()
                        .filter(request -> request.contains("/token"))
                        .count());
    }

    @Test
    void redactsATokenThatTheServerEchoes() {
        server.fault("POST", FakeLivy.status(400, "application/json", "{\"message\":\"bad header Bearer t0ken\"}"));
        assertTrue(refusal().endsWith("(HTTP 400: bad header Bearer ***)"));
    }

    private void artifacts(String jar, String release) throws IOException {
        Files.writeString(root.resolve("here.jar"), jar);
        Files.writeString(root.resolve("here.zip"), release);
    }

    private void deploy() {
        Workspace workspace = workspace();
        workspace.apply(workspace.changes());
    }

    @Test
    void uploadsJarAndReleaseOnce() throws IOException {
        artifacts("a jar", "a release");
        Workspace workspace = workspace();
        List<Change> changes = workspace.changes();
        assertEquals(
                List.of(
                        new Change(Kind.CREATE, "file ingot-job-0.1.0.jar", List.of()),
                        new Change(Kind.CREATE, "file shop-1a2b3c.zip", List.of())),
                changes);
        workspace.apply(changes);
        assertEquals(
                Map.of("/jobs/ingot/ingot-job-0.1.0.jar", "a jar", "/jobs/ingot/shop-1a2b3c.zip", "a release"),
                storage.texts());
        assertEquals(List.of(), workspace().changes());
    }

    @Test
    void updatesAFileWithOtherContent() throws IOException {
        artifacts("a jar", "a release");
        deploy();
        artifacts("another jar", "a release");
        Workspace workspace = workspace();
        assertEquals(
                List.of(new Change(
                        Kind.UPDATE,
                        "file ingot-job-0.1.0.jar",
                        List.of(new Difference("md5", "6e+CP+fo27elg0vVFzORsw==", "/5JYce6FUf28AaZwAOGqSg==")))),
                workspace.changes());
        workspace.apply(workspace.changes());
        assertEquals("another jar", storage.texts().get("/jobs/ingot/ingot-job-0.1.0.jar"));
    }

    @Test
    void uploadsALargeFileInChunks() throws IOException {
        artifacts("x".repeat(20_000_000), "");
        deploy();
        assertEquals(
                20_000_000,
                storage.texts().get("/jobs/ingot/ingot-job-0.1.0.jar").length());
        assertEquals(
                List.of("append 0", "append 8388608", "append 16777216", "flush 20000000", "flush 0"), storage.parts());
    }

    @Test
    void restartsAnInterruptedUpload() throws IOException {
        artifacts("a jar", "a release");
        storage.loseAnswers("append", 1).loseAnswers("flush", 1);
        storage.loseAnswers("rename", 2);
        deploy();
        assertEquals(
                Map.of("/jobs/ingot/ingot-job-0.1.0.jar", "a jar", "/jobs/ingot/shop-1a2b3c.zip", "a release"),
                storage.texts());
    }

    @Test
    void keepsTheOldFileWhenAnUploadFails() throws IOException {
        artifacts("a jar", "a release");
        deploy();
        artifacts("another jar", "a release");
        storage.loseAnswers("append", 10);
        Workspace workspace = workspace();
        List<Change> changes = workspace.changes();
        String message = assertThrows(IngotException.class, () -> workspace.apply(changes))
                .getMessage();
        assertTrue(
                message.startsWith(
                        "127.0.0.1  error DEPLOY-005  Cannot upload ingot-job-0.1.0.jar: the storage account"),
                message);
        assertEquals("a jar", storage.texts().get("/jobs/ingot/ingot-job-0.1.0.jar"));
    }

    @Test
    void reportsAFileThatExistsNowhere() {
        Workspace workspace = workspace();
        List<Change> changes = workspace.changes();
        assertEquals(
                root.resolve("here.jar")
                        + "  error DEPLOY-001  Cannot upload here.jar: the file cannot be read\n"
                        + "    Create it with 'ingot package'.",
                assertThrows(IngotException.class, () -> workspace.apply(changes))
                        .getMessage());
    }

    @Test
    void needsNoLocalCopyOfAnUploadedFile() throws IOException {
        artifacts("a jar", "a release");
        deploy();
        Files.delete(root.resolve("here.jar"));
        Files.delete(root.resolve("here.zip"));
        assertEquals(List.of(), workspace().changes());
    }

    @Test
    void reportsDeniedAccessToTheStorageAccount() throws IOException {
        storage.close();
        storage = new FakeStorage("other");
        assertEquals(
                """
                127.0.0.1  error DEPLOY-006  Cannot check ingot-job-0.1.0.jar: the storage account denied permission\
                 (HTTP 403)
                    Grant this identity the role 'Storage Blob Data Contributor' on the container 'jobs'.""",
                assertThrows(IngotException.class, () -> workspace().changes()).getMessage());
    }
}
