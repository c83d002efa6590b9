package dev.ingot.deploy.databricks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Implements the part of a workspace's REST API that Ingot uses: jobs of API 2.2 with pages of 100, their permissions,
 * runs, and files. Records all changes. Returns settings as Databricks does: with defaults, without fields that are 0,
 * and with the identity beside them.
 */
final class FakeDatabricks implements AutoCloseable {

    static final ObjectMapper JSON = new ObjectMapper();
    static final String TOKEN = "dapi-0123456789";
    private static final int PAGE = 100;

    /** The failure of one request. */
    enum Fault {
        TOO_MANY,
        TOO_MANY_WITH_TIME,
        SERVER_ERROR,
        HTML,
        /** The request takes effect, and the connection breaks before the response. */
        ANSWER_LOST,
        UNAUTHENTICATED,
        FORBIDDEN,
        CONFLICT,
        /** A proxy echoes the request. */
        ECHO,
        TOO_MANY_JOBS
    }

    private record ErrorBody(int status, String code, String message) {}

    /** A rejected request, with Databricks' error. */
    static final class RejectedRequest extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final transient ErrorBody error;

        RejectedRequest(int status, String code, String message) {
            this.error = new ErrorBody(status, code, message);
        }
    }

    final TreeMap<Long, ObjectNode> jobs = new TreeMap<>();
    final Map<Long, ArrayNode> permissions = new HashMap<>();
    final TreeMap<Long, FakeRun> runs = new TreeMap<>();
    final TreeMap<String, byte[]> files = new TreeMap<>();
    final List<String> volumes = new ArrayList<>(List.of("/Volumes/main/ops/ingot"));
    /** Every request that changes something, such as "POST /api/2.2/jobs/create". */
    final List<String> changes = Collections.synchronizedList(new ArrayList<>());
    /** Bodies of the requests to start a run. */
    final List<JsonNode> submissions = new ArrayList<>();
    /** The states of the next run, one for each request; the last one repeats. */
    final Deque<JsonNode> script = new ArrayDeque<>();
    /** The error of each failing task, by task key. */
    final Map<String, String> errors = new TreeMap<>();

    private final Map<String, Deque<Fault>> faults = new HashMap<>();
    private final Map<String, Long> tokens = new HashMap<>();
    private final HttpServer server;
    private final ExecutorService threads = Executors.newFixedThreadPool(2);
    private long ids = 100;

    FakeDatabricks() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    String host() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Adds faults for the next requests to a path, one for each request. */
    void plant(String path, Fault... added) {
        faults.computeIfAbsent(path, unused -> new ArrayDeque<>()).addAll(List.of(added));
    }

    long add(ObjectNode settings) {
        long id = ids++;
        jobs.put(id, settings);
        permissions.put(id, JSON.createArrayNode());
        grant(id, "user_name", "ada@example.com", "IS_OWNER");
        return id;
    }

    void grant(long job, String kind, String principal, String level) {
        ArrayNode list = permissions.get(job);
        for (int i = list.size() - 1; i >= 0; i--) {
            if (list.get(i).path(kind).asText().equals(principal)) {
                list.remove(i);
            }
        }
        list.addObject()
                .put(kind, principal)
                .putArray("all_permissions")
                .addObject()
                .put("permission_level", level);
    }

    ObjectNode onlyJob() {
        return jobs.firstEntry().getValue();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            byte[] body = exchange.getRequestBody().readAllBytes();
            Fault fault = faults.getOrDefault(path, new ArrayDeque<>()).poll();
            if (fault != null && fault != Fault.ANSWER_LOST) {
                fail(exchange, fault);
                return;
            }
            try {
                if (path.startsWith("/api/")
                        && !("Bearer " + TOKEN)
                                .equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
                    throw new RejectedRequest(401, "UNAUTHENTICATED", "Credential was not sent");
                }
                respond(exchange, path, body, fault);
            } catch (RejectedRequest rejected) {
                sendError(exchange, rejected.error);
            }
        } catch (RuntimeException failure) {
            failure.printStackTrace();
            throw failure;
        }
    }

    private void respond(HttpExchange exchange, String path, byte[] body, Fault fault) throws IOException {
        String method = exchange.getRequestMethod();
        if (!method.equals("GET") && !method.equals("HEAD")) {
            changes.add(method + " " + path);
        }
        if (path.startsWith("/api/2.0/fs/")) {
            file(exchange, method, path, body);
            return;
        }
        ObjectNode request = body.length == 0 ? query(exchange) : (ObjectNode) JSON.readTree(body);
        JsonNode response = dispatch(method, path, request);
        if (fault == Fault.ANSWER_LOST) {
            return;
        }
        send(exchange, 200, response.toString(), "application/json");
    }

    private synchronized JsonNode dispatch(String method, String path, ObjectNode request) {
        if (path.startsWith("/api/2.0/permissions/jobs/")) {
            return permissions(method, Long.parseLong(path.substring(path.lastIndexOf('/') + 1)), request);
        }
        return switch (path) {
            case "/api/2.2/jobs/list" -> list(request);
            case "/api/2.2/jobs/get" -> get(request);
            case "/api/2.2/jobs/create" -> JSON.createObjectNode().put("job_id", add(request));
            case "/api/2.2/jobs/reset" -> {
                job(request);
                jobs.put(request.path("job_id").asLong(), (ObjectNode) request.get("new_settings"));
                yield JSON.createObjectNode();
            }
            case "/api/2.2/jobs/delete" -> {
                job(request);
                jobs.remove(request.path("job_id").asLong());
                yield JSON.createObjectNode();
            }
            case "/api/2.2/jobs/run-now" -> runNow(request);
            case "/api/2.2/jobs/runs/get" ->
                run(request).response(request.path("page_token").asText("0"), host());
            case "/api/2.2/jobs/runs/get-output" -> output(request);
            case "/api/2.2/jobs/runs/cancel" -> {
                run(request).cancel();
                yield JSON.createObjectNode();
            }
            case "/api/2.0/workspace/get-status" -> status(request.path("path").asText());
            case "/api/2.0/workspace/mkdirs" -> JSON.createObjectNode();
            case "/api/2.0/workspace/import" -> {
                files.put(
                        request.path("path").asText(),
                        Base64.getDecoder().decode(request.path("content").asText()));
                yield JSON.createObjectNode();
            }
            default -> throw new RejectedRequest(404, "ENDPOINT_NOT_FOUND", "No API found for " + path);
        };
    }

    private ObjectNode job(ObjectNode request) {
        long id = request.path("job_id").asLong();
        if (!jobs.containsKey(id)) {
            throw new RejectedRequest(404, "RESOURCE_DOES_NOT_EXIST", "Job " + id + " does not exist.");
        }
        return jobs.get(id);
    }

    private JsonNode list(ObjectNode request) {
        int from = request.path("page_token").asInt();
        ObjectNode response = JSON.createObjectNode();
        ArrayNode page = response.putArray("jobs");
        List<Long> all = List.copyOf(jobs.keySet());
        all.stream().skip(from).limit(PAGE).forEach(id -> {
            ObjectNode settings = page.addObject().put("job_id", id).putObject("settings");
            settings.set("name", jobs.get(id).path("name"));
            settings.set("tags", jobs.get(id).path("tags"));
        });
        if (from + PAGE < all.size()) {
            response.put("has_more", true).put("next_page_token", Integer.toString(from + PAGE));
        }
        return response;
    }

    private JsonNode get(ObjectNode request) {
        ObjectNode settings = job(request).deepCopy();
        settings.put("format", "MULTI_TASK").withObject("/email_notifications");
        settings.path("job_clusters").forEach(cluster -> {
            ObjectNode spec = (ObjectNode) cluster.path("new_cluster");
            spec.put("enable_elastic_disk", true);
            if (spec.path("data_security_mode").asText().equals("SINGLE_USER")) {
                spec.put("data_security_mode", "DATA_SECURITY_MODE_DEDICATED");
            }
        });
        ObjectNode response =
                JSON.createObjectNode().put("job_id", request.path("job_id").asLong());
        settings.remove("run_as").elements().forEachRemaining(name -> response.set("run_as_user_name", name));
        if (settings.path("timeout_seconds").asInt() == 0) {
            settings.remove("timeout_seconds");
        }
        settings.path("tasks").forEach(FakeDatabricks::omitDefaults);
        int from = request.path("page_token").asInt();
        List<JsonNode> tasks = new ArrayList<>();
        settings.path("tasks").forEach(tasks::add);
        Collections.reverse(tasks);
        ArrayNode page = settings.putArray("tasks");
        tasks.stream().skip(from).limit(PAGE).forEach(page::add);
        if (from + PAGE < tasks.size()) {
            response.put("next_page_token", Integer.toString(from + PAGE));
        }
        response.set("settings", settings);
        return response;
    }

    /** Removes a task's retry fields that are 0 or false. */
    private static void omitDefaults(JsonNode task) {
        List.of("max_retries", "retry_on_timeout").forEach(name -> {
            if (!task.path(name).asBoolean()) {
                ((ObjectNode) task).remove(name);
            }
        });
    }

    private JsonNode runNow(ObjectNode request) {
        submissions.add(request);
        String token = request.path("idempotency_token").asText();
        if (token.length() > 64) {
            throw new RejectedRequest(400, "INVALID_PARAMETER_VALUE", "idempotency_token is longer than 64 characters");
        }
        List<String> known = new ArrayList<>();
        job(request)
                .path("parameters")
                .forEach(one -> known.add(one.path("name").asText()));
        request.path("job_parameters").fieldNames().forEachRemaining(name -> {
            if (!known.contains(name)) {
                throw new RejectedRequest(400, "INVALID_PARAMETER_VALUE", "Job parameter " + name + " is not defined");
            }
        });
        long id = tokens.computeIfAbsent(token, unused -> {
            long created = ids;
            ids += 10_000;
            runs.put(
                    created,
                    new FakeRun(created, job(request), request.path("only"), new ArrayDeque<>(script), errors));
            return created;
        });
        return JSON.createObjectNode().put("run_id", id);
    }

    private FakeRun run(ObjectNode request) {
        long id = request.path("run_id").asLong();
        if (!runs.containsKey(id)) {
            throw new RejectedRequest(400, "INVALID_PARAMETER_VALUE", "Run " + id + " does not exist.");
        }
        return runs.get(id);
    }

    private JsonNode output(ObjectNode request) {
        long id = request.path("run_id").asLong();
        return runs.floorEntry(id).getValue().output(id);
    }

    private JsonNode permissions(String method, long job, ObjectNode request) {
        if (!jobs.containsKey(job)) {
            throw new RejectedRequest(404, "RESOURCE_DOES_NOT_EXIST", "Job " + job + " does not exist.");
        }
        if (method.equals("PUT")) {
            permissions.put(job, JSON.createArrayNode());
        }
        request.path("access_control_list")
                .forEach(entry -> entry.fields().forEachRemaining(field -> {
                    if (!field.getKey().equals("permission_level")) {
                        grant(
                                job,
                                field.getKey(),
                                field.getValue().asText(),
                                entry.path("permission_level").asText());
                    }
                }));
        ArrayNode list = permissions.get(job).deepCopy();
        list.addObject()
                .put("group_name", "admins")
                .putArray("all_permissions")
                .addObject()
                .put("permission_level", "CAN_MANAGE")
                .put("inherited", true);
        return JSON.createObjectNode().set("access_control_list", list);
    }

    private JsonNode status(String path) {
        if (!files.containsKey(path)) {
            throw new RejectedRequest(404, "RESOURCE_DOES_NOT_EXIST", "Path (" + path + ") doesn't exist.");
        }
        return JSON.createObjectNode().put("path", path).put("size", files.get(path).length);
    }

    private void file(HttpExchange exchange, String method, String path, byte[] body) throws IOException {
        String name = path.replaceFirst("/api/2.0/fs/(files|directories)", "");
        if (volumes.stream().noneMatch(volume -> (name + "/").startsWith(volume + "/"))) {
            throw new RejectedRequest(404, "NOT_FOUND", "Volume '" + name.split("/", 6)[4] + "' does not exist.");
        }
        if (method.equals("HEAD")) {
            if (files.containsKey(name)) {
                exchange.getResponseHeaders().set("Content-Length", Integer.toString(files.get(name).length));
            }
            exchange.sendResponseHeaders(files.containsKey(name) ? 200 : 404, -1);
            return;
        }
        if (path.startsWith("/api/2.0/fs/files")) {
            files.put(name, body);
        }
        exchange.sendResponseHeaders(204, -1);
    }

    private void fail(HttpExchange exchange, Fault fault) throws IOException {
        switch (fault) {
            case TOO_MANY_WITH_TIME -> {
                exchange.getResponseHeaders().set("Retry-After", "7");
                sendError(exchange, new ErrorBody(429, "REQUEST_LIMIT_EXCEEDED", "Too many requests"));
            }
            case TOO_MANY -> sendError(exchange, new ErrorBody(429, "REQUEST_LIMIT_EXCEEDED", "Too many requests"));
            case SERVER_ERROR -> sendError(exchange, new ErrorBody(500, "INTERNAL_ERROR", "Something broke"));
            case UNAUTHENTICATED -> sendError(exchange, new ErrorBody(401, "UNAUTHENTICATED", "Invalid access token"));
            case FORBIDDEN ->
                sendError(exchange, new ErrorBody(403, "PERMISSION_DENIED", "ada@example.com lacks Manage on the job"));
            case ECHO ->
                sendError(
                        exchange,
                        new ErrorBody(
                                400,
                                "BAD_REQUEST",
                                "cannot pass on " + exchange.getRequestHeaders().getFirst("Authorization")));
            case CONFLICT -> sendError(exchange, new ErrorBody(409, "ABORTED", "The job is being changed"));
            case TOO_MANY_JOBS ->
                sendError(
                        exchange,
                        new ErrorBody(400, "INVALID_STATE", "The quota for jobs created in past 3600 seconds is used"));
            default -> send(exchange, 200, "<html><body>Sign in</body></html>", "text/html");
        }
    }

    private static void sendError(HttpExchange exchange, ErrorBody error) throws IOException {
        String body = JSON.createObjectNode()
                .put("error_code", error.code())
                .put("message", error.message())
                .toString();
        send(exchange, error.status(), body, "application/json");
    }

    private static void send(HttpExchange exchange, int status, String body, String type) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type);
        if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.sendResponseHeaders(status, -1);
            return;
        }
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    private static ObjectNode query(HttpExchange exchange) {
        ObjectNode query = JSON.createObjectNode();
        String raw = exchange.getRequestURI().getQuery();
        if (raw != null) {
            for (String pair : raw.split("&", -1)) {
                query.put(pair.substring(0, pair.indexOf('=')), pair.substring(pair.indexOf('=') + 1));
            }
        }
        return query;
    }
}
