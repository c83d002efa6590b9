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
        RetryPolicy pace = new RetryPolicy(Duration.ofMillis(millis), 3, Duration.ofMillis(10), Duration.ofSeconds(1));
        return new LivyClient(
                new RestService("Livy", base, Map.of(), "sign in", "ask for a role", "look elsewhere"), () -> "", pace);
    }

    private long posts() {
        return server.requests().stream()
                .filter(request -> request.startsWith("POST"))
                .count();
    }

    private String refusal() {
        return assertThrows(IngotException.class, () -> client.submit(REQUEST)).getMessage();
    }

    @Test
    void aBatchIsStartedWithWhatLivyKnows() {
        LivyBatch batch = client.submit(REQUEST);
        assertEquals(new LivyBatch(0, "shop-r1", "starting", "", List.of(), List.of()), batch);
        assertEquals(
                "{\"name\":\"shop-r1\",\"file\":\"file:/jobs/ingot.jar\",\"className\":\"Main\",\"args\":[\"run\"],"
                        + "\"conf\":{\"a\":\"b\"},\"id\":0,\"state\":\"starting\"}",
                server.batches().get(0).toString());
    }

    @Test
    void aSecondSubmissionFindsTheFirst() {
        assertEquals(client.submit(REQUEST), client.submit(REQUEST));
        assertEquals(1, posts());
    }

    @Test
    void aBatchThatEndedBadlyIsFollowedByAnotherAttempt() {
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
    void aLaterAttemptCountsWhereTheFirstIsForgotten() {
        server.add("shop-r1-2", "running");
        assertEquals(0, client.submit(REQUEST).id());
        server.batches().get(0).put("state", "dead");
        assertEquals("shop-r1-3", client.submit(REQUEST).name());
    }

    @Test
    void aBatchIsFoundOnALaterPage() {
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
    void aLostAnswerGivesOneBatch() {
        server.fault("POST", FakeLivy.lostAnswer());
        assertEquals(0, client.submit(REQUEST).id());
        assertEquals(1, server.batches().size());
        assertEquals(1, posts());
    }

    @Test
    void aLateAnswerGivesOneBatch() {
        client = client(server.uri(), 1500);
        server.fault("POST", FakeLivy.lateAnswer(5000));
        assertEquals(0, client.submit(REQUEST).id());
        assertEquals(1, posts());
    }

    @Test
    void anErrorAfterTheServerActedGivesOneBatch() {
        server.fault("POST", (exchange, act) -> {
            act.run();
            FakeLivy.status(500, JSON, "{\"msg\":\"oops\"}").answer(exchange, act);
        });
        assertEquals(0, client.submit(REQUEST).id());
        assertEquals(1, posts());
    }

    @Test
    void anAnswerThatNeverComesIsToldAndNotRepeated() {
        client = client(server.uri(), 1500);
        server.fault("POST", (exchange, act) -> Thread.sleep(5000));
        assertEquals("""
                127.0.0.1  error DEPLOY-005  Cannot submit the batch 'shop-r1': Livy did not answer in time
                    Try again later.""", refusal());
        assertEquals(1, posts());
    }

    @Test
    void aServerThatFailsIsTold() {
        server.fault("POST", FakeLivy.status(500, JSON, "{\"msg\":\"no Spark\"}"));
        assertEquals("""
                127.0.0.1  error DEPLOY-005  Cannot submit the batch 'shop-r1': Livy failed (HTTP 500: no Spark)
                    Try again later.""", refusal());
    }

    @Test
    void whatServersRefuseIsTold() {
        server.fault("POST", FakeLivy.status(400, JSON, "{\"msg\":\"Duplicate session name\"}"));
        assertEquals(
                "127.0.0.1  error DEPLOY-004  Cannot submit the batch 'shop-r1': Livy refused it (HTTP 400: Duplicate"
                        + " session name)",
                refusal());
        server.fault("POST", FakeLivy.status(409, "text/plain", "conflict\n  with another"));
        assertEquals(
                "127.0.0.1  error DEPLOY-004  Cannot submit the batch 'shop-r1': Livy refused it (HTTP 409: conflict"
                        + " with another)",
                refusal());
        server.fault("GET", FakeLivy.status(401, JSON, ""));
        assertEquals("""
                127.0.0.1  error DEPLOY-006  Cannot list the batches: Livy does not know who asks (HTTP 401)
                    sign in""", refusal());
        server.fault("POST", FakeLivy.status(403, JSON, "{\"error\":{\"code\":\"x\",\"message\":\"no role\"}}"));
        assertEquals("""
                127.0.0.1  error DEPLOY-006  Cannot submit the batch 'shop-r1': Livy does not allow it (HTTP 403: no role)
                    ask for a role""", refusal());
        server.fault("GET", FakeLivy.status(404, JSON, ""));
        assertEquals("""
                127.0.0.1  error DEPLOY-004  Cannot list the batches: it is not there (HTTP 404)
                    look elsewhere""", refusal());
    }

    @Test
    void aPageOfHtmlIsTold() {
        server.fault("GET", FakeLivy.status(200, "text/html", "<html>Sign in</html>"));
        assertEquals("""
                127.0.0.1  error DEPLOY-005  Cannot list the batches: Livy did not answer in JSON (HTTP 200, text/html)
                    Check the address and whether a proxy or a sign-in page stands before it.""", refusal());
        server.fault("POST", FakeLivy.status(502, "text/html", "<html>Bad gateway</html>"));
        assertTrue(refusal().contains("Livy failed (HTTP 502: a page of HTML)"));
    }

    @Test
    void aServerThatIsNotThereIsTold() {
        server.close();
        assertEquals("""
                127.0.0.1  error DEPLOY-005  Cannot list the batches: Livy cannot be reached (ConnectException)
                    Try again later.""", refusal());
    }

    @Test
    void aBusyServerIsAskedAgainWhenItSays() {
        server.fault("POST", FakeLivy.status(429, JSON, "", "Retry-After", "1"));
        long before = System.nanoTime();
        assertEquals(0, client.submit(REQUEST).id());
        assertTrue(Duration.ofNanos(System.nanoTime() - before).toMillis() >= 1000);
        assertEquals(2, posts());
    }

    @Test
    void aServerThatStaysBusyIsTold() {
        for (int i = 0; i < 3; i++) {
            server.fault("POST", FakeLivy.status(429, JSON, "{\"message\":\"slow down\"}"));
        }
        assertEquals("""
                127.0.0.1  error DEPLOY-004  Cannot submit the batch 'shop-r1': Livy is too busy; it was asked 3 times\
                 (HTTP 429: slow down)
                    Try again later.""", refusal());
        assertEquals(0, server.batches().size());
    }

    @Test
    void readingIsRepeated() {
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
    void statesBecomePhases(String state, String result, Phase phase) {
        server.add("x", state).put("result", result);
        State found = new LivyRun(client, 0, "page").state();
        assertEquals(phase, found.phase());
        assertEquals(state, found.words());
    }

    @Test
    void aFailureTellsErrorsAndTheEndOfTheLog() {
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
    void aCancelledBatchEnds() {
        server.add("x", "running");
        LivyRun run = new LivyRun(client, 0, "page");
        assertEquals(Phase.RUNNING, run.state().phase());
        run.cancel();
        assertEquals(new State(Phase.CANCELLED, "killed", List.of()), run.state());
    }

    @Test
    void aCancelledBatchThatIsForgottenHasEnded() {
        server.forgetting().add("x", "running");
        LivyRun run = new LivyRun(client, 0, "page");
        server.fault("DELETE", FakeLivy.lostAnswer());
        run.cancel();
        assertEquals(new State(Phase.CANCELLED, "gone", List.of()), run.state());
        assertEquals(
                2,
                server.requests().stream()
                        .filter(request -> request.startsWith("DELETE"))
                        .count());
    }

    @Test
    void aBatchThatVanishesHasFailed() {
        assertEquals(
                new State(
                        Phase.FAILED,
                        "gone",
                        List.of("The batch 7 is not known any more: it was deleted, or ended long ago.")),
                new LivyRun(client, 7, "page").state());
    }

    @Test
    void anEmptyTokenIsNotSent() {
        server.token("secret", 3600);
        assertTrue(refusal().contains("HTTP 401: Authentication failed"));
        assertFalse(refusal().contains("secret"));
    }
}
