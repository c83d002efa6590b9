package dev.ingot.secrets.provider;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/** A secret store on 127.0.0.1 with canned replies; the last reply of a path is repeated. */
final class FakeSecretStore implements AutoCloseable {

    /** Enough for a loaded machine. */
    static final SecretHttpClient.RetryPolicy LONG =
            new SecretHttpClient.RetryPolicy(Duration.ofSeconds(60), Duration.ofSeconds(60), 3, Duration.ofMillis(1));

    /** For tests that wait for the timeout. */
    static final SecretHttpClient.RetryPolicy SHORT =
            new SecretHttpClient.RetryPolicy(Duration.ofSeconds(60), Duration.ofMillis(900), 3, Duration.ofMillis(1));

    private record Reply(int status, String body, Map<String, String> headers) {}

    private final HttpServer server;
    private final Map<String, Deque<Reply>> replies = new LinkedHashMap<>();
    private final List<String> requests = new ArrayList<>();
    private final CountDownLatch closed = new CountDownLatch(1);

    FakeSecretStore() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    FakeSecretStore replies(String path, int status, String body) {
        return replies(path, status, body, Map.of());
    }

    synchronized FakeSecretStore replies(String path, int status, String body, Map<String, String> headers) {
        replies.computeIfAbsent(path, unknown -> new ArrayDeque<>()).add(new Reply(status, body, headers));
        return this;
    }

    /** Never replies to requests for a path. */
    FakeSecretStore neverReplies(String path) {
        return replies(path, 0, "");
    }

    /** Returns the requests so far: method, address, then the named headers that were sent, then the body. */
    synchronized List<String> requests() {
        return List.copyOf(requests);
    }

    private void answer(HttpExchange exchange) throws IOException {
        Reply reply = next(exchange);
        if (reply.status() == 0) {
            try {
                closed.await();
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
        }
        reply.headers().forEach(exchange.getResponseHeaders()::add);
        byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(reply.status() == 0 ? 500 : reply.status(), body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private synchronized Reply next(HttpExchange exchange) throws IOException {
        StringBuilder request = new StringBuilder(exchange.getRequestMethod() + " " + exchange.getRequestURI());
        for (String name : List.of(
                "Authorization",
                "Metadata",
                "X-IDENTITY-HEADER",
                "X-Amz-Target",
                "Content-Type",
                "X-aws-ec2-metadata-token",
                "X-Amz-Security-Token")) {
            String value = exchange.getRequestHeaders().getFirst(name);
            request.append(value == null ? "" : " | " + name + ": " + value);
        }
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        requests.add(request.append(body.isEmpty() ? "" : " | " + body).toString());
        Deque<Reply> remaining = replies.getOrDefault(exchange.getRequestURI().getPath(), new ArrayDeque<>());
        Reply first = remaining.isEmpty() ? new Reply(404, "{}", Map.of()) : remaining.peek();
        if (remaining.size() > 1) {
            remaining.remove();
        }
        return first;
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
    }
}
