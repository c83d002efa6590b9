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
 * A server that takes batches as Livy does, keeps them, and goes wrong where a test says so. It also gives out tokens as
 * Microsoft Entra ID does.
 */
public final class FakeLivy implements AutoCloseable {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Pattern BATCHES = Pattern.compile("(.*)/batches(?:/(\\d+))?");
    private static final int MOST = 20;

    /** What happens in the place of an answer. */
    public interface Fault {

        void answer(HttpExchange exchange, Act act) throws IOException, InterruptedException;
    }

    /** What the server would have done and answered. */
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
    private volatile boolean forgetsCancelled;

    public FakeLivy() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::handle);
        server.setExecutor(threads);
        server.start();
    }

    public URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** The requests so far: method and address. */
    public List<String> requests() {
        return List.copyOf(requests);
    }

    /** The batches as they were posted, each with its id, name and state. */
    public List<ObjectNode> batches() {
        return List.copyOf(batches);
    }

    /** Plants a fault for the next request of a method, after those planted before. */
    public FakeLivy fault(String method, Fault fault) {
        faults.computeIfAbsent(method, first -> new ArrayDeque<>()).add(fault);
        return this;
    }

    /** Takes only requests with this bearer token, and gives it out. */
    public FakeLivy token(String required, long seconds) {
        this.token = required;
        this.tokenSeconds = seconds;
        return this;
    }

    /** Forgets a batch that is deleted, as Livy does and Synapse does not. */
    public FakeLivy forgetting() {
        this.forgetsCancelled = true;
        return this;
    }

    /** A batch that is there already. */
    public ObjectNode add(String name, String state) {
        ObjectNode batch = MAPPER.createObjectNode();
        batch.put("id", batches.size()).put("name", name).put("state", state);
        batches.add(batch);
        return batch;
    }

    /** An answer of this status. */
    public static Fault status(int status, String type, String body, String... headers) {
        return (exchange, act) -> {
            for (int i = 0; i < headers.length; i += 2) {
                exchange.getResponseHeaders().add(headers[i], headers[i + 1]);
            }
            respond(exchange, status, type, body);
        };
    }

    /** Acts, and breaks the connection before the answer. */
    public static Fault lostAnswer() {
        return (exchange, act) -> {
            act.run();
            exchange.close();
        };
    }

    /** Acts, and answers only when nobody waits any more. */
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
        Deque<Fault> planted = faults.getOrDefault(method, new ArrayDeque<>());
        try {
            if (exchange.getRequestURI().getPath().endsWith("/oauth2/v2.0/token")) {
                signIn(exchange, body);
            } else if (!planted.isEmpty()) {
                planted.poll().answer(exchange, () -> act(exchange, body));
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
        } catch (InterruptedException ended) {
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
            if (forgetsCancelled) {
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
            throw new IllegalArgumentException("no page: " + uri);
        }
        int from = Integer.parseInt(page.group(1));
        List<ObjectNode> some = batches().stream()
                .skip(from)
                .limit(Math.min(MOST, Integer.parseInt(page.group(2))))
                .toList();
        JsonNode sessions = MAPPER.valueToTree(some);
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
