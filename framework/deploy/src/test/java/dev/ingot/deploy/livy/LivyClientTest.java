package dev.ingot.deploy.livy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ingot.deploy.RemoteRun.Phase;
import dev.ingot.deploy.RemoteRun.State;
import dev.ingot.deploy.rest.RestService;
import dev.ingot.deploy.rest.RetryPolicy;
import dev.ingot.diagnostics.IngotException;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class LivyClientTest {

    private static final String JSON = "application/json";
    private static final LivyBatchRequest REQUEST = new LivyBatchRequest(
            "shop-r1", "file:/jobs/ingot.jar", "Main", List.of("run"), Map.of("a", "b"), Optional.empty(), Map.of());

    private FakeLivy server;
    private LivyClient client;

    @BeforeEach
    void start() throws IOException {
        server = new FakeLivy();
        client = client(server.uri(), 20_000);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private static LivyClient client(URI base, long millis) {
        RetryPolicy retries =
                new RetryPolicy(Duration.ofMillis(millis), 3, Duration.ofMillis(10), Duration.ofSeconds(1));
        return new LivyClient(
                new RestService("Livy", base, Map.of(), "sign in", "ask for a role", "look elsewhere"),
                () -> "",
                retries);
    }

    private long posts() {
        return server.requests().stream()
                .filter(request -> request.startsWith("POST"))
                .count();
    }

    private String error() {
        return assertThrows(IngotException.class, () -> client.submit(REQUEST)).getMessage();
    }

    @Test
    void submitsABatchWithTheFieldsOfLivy() {
        LivyBatch batch = client.submit(REQUEST);
        assertEquals(new LivyBatch(0, "shop-r1", "starting", "", List.of(), List.of()), batch);
        assertEquals(
                "{\"name\":\"shop-r1\",\"file\":\"file:/jobs/ingot.jar\",\"className\":\"Main\",\"args\":[\"run\"],"
                        + "\"conf\":{\"a\":\"b\"},\"id\":0,\"state\":\"starting\"}",
                server.batches().get(0).toString());
    }

    @Test
    void findsTheBatchOfAnEarlierSubmission() {
        assertEquals(client.submit(REQUEST), client.submit(REQUEST));
        assertEquals(1, posts());
    }

    @Test
    void startsAnotherAttemptAfterAFailedBatch() {
        server.add("shop-r1", "dead");
        server.add("shop-r1-x", "running");
        assertEquals("shop-r1-2", client.submit(REQUEST).name());
        assertEquals("shop-r1-2", client.submit(REQUEST).name());
        server.batches().get(2).put("state", "killed");
        server.fault("POST", FakeLivy.lostAnswer());
        assertEquals("shop-r1-3", client.submit(REQUEST).name());
        server.batches().get(3).put("state", "success");
        assertEquals(3, client.submit(REQUEST).id());
        assertEquals(2, posts());
    }

    @Test
    void findsALaterAttemptWhenTheFirstWasRemoved() {
        server.add("shop-r1-2", "running");
        assertEquals(0, client.submit(REQUEST).id());
        server.batches().get(0).put("state", "dead");
        assertEquals("shop-r1-3", client.submit(REQUEST).name());
    }

    @Test
    void findsABatchOnALaterPage() {
        for (int i = 0; i < 45; i++) {
            server.add("other-" + i, "running");
        }
        server.add("shop-r1", "running");
        server.add("shop-r1", "dead");
        assertEquals(45, client.submit(REQUEST).id());
        assertEquals(0, posts());
        assertEquals(
                List.of(
                        "GET /batches?from=0&size=20&detailed=true",
                        "GET /batches?from=20&size=20&detailed=true",
                        "GET /batches?from=40&size=20&detailed=true",
                        "GET /batches?from=47&size=20&detailed=true"),
                server.requests());
    }

    @Test
    void startsOneBatchDespiteALostAnswer() {
        server.fault("POST", FakeLivy.lostAnswer());
        assertEquals(0, client.submit(REQUEST).id());
        assertEquals(1, server.batches().size());
        assertEquals(1, posts());
    }

    @Test
    void startsOneBatchDespiteALateAnswer() {
        client = client(server.uri(), 1500);
        server.fault("POST", FakeLivy.lateAnswer(5000));
        assertEquals(0, client.submit(REQUEST).id());
        assertEquals(1, posts());
    }

    @Test
    void startsOneBatchDespiteAnErrorAfterTheExecution() {
        server.fault("POST", (exchange, act) -> {
            act.run();
            FakeLivy.status(500, JSON, "{\"msg\":\"oops\"}").answer(exchange, act);
        });
        assertEquals(0, client.submit(REQUEST).id());
        assertEquals(1, posts());
    }

    @Test
    void reportsATimeoutAndDoesNotPostAgain() {
        client = client(server.uri(), 1500);
        server.fault("POST", (exchange, act) -> Thread.sleep(5000));
        assertEquals("""
                127.0.0.1  error DEPLOY-005  Cannot submit the batch 'shop-r1': Livy did not respond in time
                    Try again later.""", error());
        assertEquals(1, posts());
    }

    @Test
    void reportsAServerError() {
        server.fault("POST", FakeLivy.status(500, JSON, "{\"msg\":\"no Spark\"}"));
        assertEquals("""
                127.0.0.1  error DEPLOY-005  Cannot submit the batch 'shop-r1': Livy failed (HTTP 500: no Spark)
                    Try again later.""", error());
    }

    @Test
    void reportsRejectedRequests() {
        server.fault("POST", FakeLivy.status(400, JSON, "{\"msg\":\"Duplicate session name\"}"));
        assertEquals(
                "127.0.0.1  error DEPLOY-004  Cannot submit the batch 'shop-r1': Livy rejected the request (HTTP 400:"
                        + " Duplicate session name)",
                error());
        server.fault("POST", FakeLivy.status(409, "text/plain", "conflict\n  with another"));
        assertEquals(
                "127.0.0.1  error DEPLOY-004  Cannot submit the batch 'shop-r1': Livy rejected the request (HTTP 409:"
                        + " conflict with another)",
                error());
        server.fault("GET", FakeLivy.status(401, JSON, ""));
        assertEquals("""
                127.0.0.1  error DEPLOY-006  Cannot list the batches: Livy did not accept the credentials (HTTP 401)
                    sign in""", error());
        server.fault("POST", FakeLivy.status(403, JSON, "{\"error\":{\"code\":\"x\",\"message\":\"no role\"}}"));
        assertEquals("""
                127.0.0.1  error DEPLOY-006  Cannot submit the batch 'shop-r1': Livy denied permission (HTTP 403: no role)
                    ask for a role""", error());
        server.fault("GET", FakeLivy.status(404, JSON, ""));
        assertEquals("""
                127.0.0.1  error DEPLOY-004  Cannot list the batches: not found (HTTP 404)
                    look elsewhere""", error());
    }

    @Test
    void reportsAnHtmlResponse() {
        server.fault("GET", FakeLivy.status(200, "text/html", "<html>Sign in</html>"));
        assertEquals("""
                127.0.0.1  error DEPLOY-005  Cannot list the batches: Livy did not respond with JSON (HTTP 200, text/html)
                    Check the URL, and that no proxy or sign-in page intercepts the request.""", error());
        server.fault("POST", FakeLivy.status(502, "text/html", "<html>Bad gateway</html>"));
        assertTrue(error().contains("Livy failed (HTTP 502: an HTML page)"));
    }

    @Test
    void reportsAnUnreachableServer() {
        server.close();
        assertEquals("""
                127.0.0.1  error DEPLOY-005  Cannot list the batches: Livy cannot be reached (ConnectException)
                    Try again later.""", error());
    }

    @Test
    void retriesABusyServerAfterRetryAfter() {
        server.fault("POST", FakeLivy.status(429, JSON, "", "Retry-After", "1"));
        long before = System.nanoTime();
        assertEquals(0, client.submit(REQUEST).id());
        assertTrue(Duration.ofNanos(System.nanoTime() - before).toMillis() >= 1000);
        assertEquals(2, posts());
    }

    @Test
    void reportsAServerThatStaysBusy() {
        for (int i = 0; i < 3; i++) {
            server.fault("POST", FakeLivy.status(429, JSON, "{\"message\":\"slow down\"}"));
        }
        assertEquals("""
                127.0.0.1  error DEPLOY-004  Cannot submit the batch 'shop-r1': Livy is too busy; gave up after 3 attempts\
                 (HTTP 429: slow down)
                    Try again later.""", error());
        assertEquals(0, server.batches().size());
    }

    @Test
    void retriesReads() {
        server.fault("GET", FakeLivy.status(503, "text/html", "<html>"));
        server.fault("GET", FakeLivy.lostAnswer());
        assertEquals(0, client.submit(REQUEST).id());
    }

    @ParameterizedTest
    @CsvSource({
        "not_started, '', WAITING",
        "starting, '', WAITING",
        "running, Uncertain, RUNNING",
        "busy, '', RUNNING",
        "brewing, '', RUNNING",
        "success, Succeeded, SUCCEEDED",
        "success, '', SUCCEEDED",
        "success, Failed, FAILED",
        "dead, Failed, FAILED",
        "error, '', FAILED",
        "dead, Cancelled, CANCELLED",
        "killed, '', CANCELLED"
    })
    void mapsStatesToPhases(String state, String result, Phase phase) {
        server.add("x", state).put("result", result);
        State found = new LivyRun(client, 0, "page").state();
        assertEquals(phase, found.phase());
        assertEquals(state, found.description());
    }

    @Test
    void reportsTheErrorsAndTheEndOfTheLogOfAFailure() {
        server.add("x", "dead")
                .putRawValue(
                        "errorInfo",
                        new com.fasterxml.jackson.databind.util.RawValue(
                                "[{\"message\":\"Driver ran out of memory\",\"errorCode\":\"OOM\"}]"));
        server.batches().get(0).putArray("log").add("stdout: ").add("").add("java.lang.OutOfMemoryError\n");
        assertEquals(
                new State(
                        Phase.FAILED,
                        "dead",
                        List.of("Driver ran out of memory (OOM)", "stdout:", "java.lang.OutOfMemoryError")),
                new LivyRun(client, 0, "page").state());
    }

    @Test
    void cancelsABatch() {
        server.add("x", "running");
        LivyRun run = new LivyRun(client, 0, "page");
        assertEquals(Phase.RUNNING, run.state().phase());
        run.cancel();
        assertEquals(new State(Phase.CANCELLED, "killed", List.of()), run.state());
    }

    @Test
    void treatsACancelledBatchThatWasRemovedAsEnded() {
        server.forgetting().add("x", "running");
        LivyRun run = new LivyRun(client, 0, "page");
        server.fault("DELETE", FakeLivy.lostAnswer());
        run.cancel();
        assertEquals(new State(Phase.CANCELLED, "not found", List.of()), run.state());
        assertEquals(
                2,
                server.requests().stream()
                        .filter(request -> request.startsWith("DELETE"))
                        .count());
    }

    @Test
    void treatsABatchThatDisappearsAsFailed() {
        assertEquals(
                new State(
                        Phase.FAILED,
                        "not found",
                        List.of("The batch 7 no longer exists: it was deleted, or removed because it ended long ago.")),
                new LivyRun(client, 7, "page").state());
    }

    @Test
    void doesNotSendAnEmptyToken() {
        server.token("secret", 3600);
        assertTrue(error().contains("HTTP 401: Authentication failed"));
        assertFalse(error().contains("secret"));
    }
}
