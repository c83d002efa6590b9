package dev.ingot.deploy.livy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A fake Livy server that stores batches and fails where a test adds a fault. It also issues tokens as Microsoft Entra
 * ID does.
 */
public final class FakeLivy implements AutoCloseable {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Pattern BATCHES = Pattern.compile("(.*)/batches(?:/(\\d+))?");
    private static final int MAX_PAGE_SIZE = 20;

    /** Replaces the normal response to a request. */
    public interface Fault {

        void answer(HttpExchange exchange, Act act) throws IOException, InterruptedException;
    }

    /** Executes the request and returns the body of the normal response. */
    public interface Act {

        String run() throws IOException;
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<ObjectNode> batches = Collections.synchronizedList(new ArrayList<>());
    private final List<String> requests = Collections.synchronizedList(new ArrayList<>());
    private final Map<String, Deque<Fault>> faults = new TreeMap<>();
    private volatile String token = "";
    private volatile long tokenSeconds = 3600;
    private volatile boolean removesDeleted;

    public FakeLivy() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::handle);
        server.setExecutor(threads);
        server.start();
    }

    public URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** Returns the requests so far: method and URI. */
    public List<String> requests() {
        return List.copyOf(requests);
    }

    /** Returns the batches as posted, each with its id, name and state. */
    public List<ObjectNode> batches() {
        return List.copyOf(batches);
    }

    /** Adds a fault for the next request of a method, after those added before. */
    public FakeLivy fault(String method, Fault fault) {
        faults.computeIfAbsent(method, first -> new ArrayDeque<>()).add(fault);
        return this;
    }

    /** Requires this bearer token, and issues it. */
    public FakeLivy token(String required, long seconds) {
        this.token = required;
        this.tokenSeconds = seconds;
        return this;
    }

    /** Removes deleted batches, as Livy does and Synapse does not. */
    public FakeLivy forgetting() {
        this.removesDeleted = true;
        return this;
    }

    /** Adds an existing batch. */
    public ObjectNode add(String name, String state) {
        ObjectNode batch = MAPPER.createObjectNode();
        batch.put("id", batches.size()).put("name", name).put("state", state);
        batches.add(batch);
        return batch;
    }

    /** Responds with this status. */
    public static Fault status(int status, String type, String body, String... headers) {
        return (exchange, act) -> {
            for (int i = 0; i < headers.length; i += 2) {
                exchange.getResponseHeaders().add(headers[i], headers[i + 1]);
            }
            respond(exchange, status, type, body);
        };
    }

    /** Executes the request, and breaks the connection before the response. */
    public static Fault lostAnswer() {
        return (exchange, act) -> {
            act.run();
            exchange.close();
        };
    }

    /** Executes the request, and closes the connection only after the client's timeout. */
    public static Fault lateAnswer(long millis) {
        return (exchange, act) -> {
            act.run();
            Thread.sleep(millis);
            exchange.close();
        };
    }

    private void handle(HttpExchange exchange) throws IOException {
        String method = exchange.getRequestMethod();
        requests.add(method + " " + exchange.getRequestURI());
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        Deque<Fault> queued = faults.getOrDefault(method, new ArrayDeque<>());
        try {
            if (exchange.getRequestURI().getPath().endsWith("/oauth2/v2.0/token")) {
                signIn(exchange, body);
            } else if (!queued.isEmpty()) {
                queued.poll().answer(exchange, () -> act(exchange, body));
            } else if (!token.isEmpty()
                    && !("Bearer " + token).equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
                respond(exchange, 401, "application/json", "{\"message\":\"Authentication failed\"}");
            } else {
                String answer = act(exchange, body);
                respond(
                        exchange,
                        answer.isEmpty() ? 404 : 200,
                        "application/json",
                        answer.isEmpty() ? "{\"msg\":\"not found\"}" : answer);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void signIn(HttpExchange exchange, String form) throws IOException {
        if (form.contains("client_secret=s3cret%2B")) {
            respond(
                    exchange,
                    200,
                    "application/json",
                    "{\"access_token\":\"" + token + "\",\"expires_in\":" + tokenSeconds + "}");
        } else {
            respond(
                    exchange,
                    401,
                    "application/json",
                    "{\"error\":\"invalid_client\",\"error_description\":\"AADSTS7000215: Invalid client secret.\"}");
        }
    }

    private String act(HttpExchange exchange, String body) throws IOException {
        Matcher path = BATCHES.matcher(exchange.getRequestURI().getPath());
        if (!path.matches()) {
            return "";
        }
        String method = exchange.getRequestMethod();
        if (path.group(2) == null) {
            return method.equals("POST") ? create(body) : list(exchange.getRequestURI());
        }
        int id = Integer.parseInt(path.group(2));
        ObjectNode batch = batches.stream()
                .filter(each -> each.path("id").asInt() == id)
                .findFirst()
                .orElse(null);
        if (batch != null && method.equals("DELETE")) {
            batch.put("state", "killed");
            if (removesDeleted) {
                batches.remove(batch);
            }
            return "{\"msg\":\"deleted\"}";
        }
        return batch == null ? "" : batch.toString();
    }

    private String create(String body) throws IOException {
        ObjectNode batch = (ObjectNode) MAPPER.readTree(body);
        batch.put("id", batches.size()).put("state", "starting");
        batches.add(batch);
        return batch.toString();
    }

    private String list(URI uri) {
        Matcher page = Pattern.compile("from=(\\d+)&size=(\\d+).*").matcher(uri.getQuery());
        if (!page.matches()) {
            throw new IllegalArgumentException("no paging parameters: " + uri);
        }
        int from = Integer.parseInt(page.group(1));
        List<ObjectNode> selected = batches().stream()
                .skip(from)
                .limit(Math.min(MAX_PAGE_SIZE, Integer.parseInt(page.group(2))))
                .toList();
        JsonNode sessions = MAPPER.valueToTree(selected);
        return MAPPER.createObjectNode()
                .put("from", from)
                .put("total", batches.size())
                .set("sessions", sessions)
                .toString();
    }

    private static void respond(HttpExchange exchange, int status, String type, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", type);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
