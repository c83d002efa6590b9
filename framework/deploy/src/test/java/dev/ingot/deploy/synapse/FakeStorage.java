package dev.ingot.deploy.synapse;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A storage account that takes files in chunks, as ADLS Gen2 does. Content that was not flushed cannot be read. */
final class FakeStorage implements AutoCloseable {

    /** A file: the content that can be read, what was appended since, and the declared digest. */
    private static final class Content {
        private byte[] flushed = {};
        private final ByteArrayOutputStream appended = new ByteArrayOutputStream();
        private String digest = "";
    }

    private final HttpServer server;
    private String token;
    private final Map<String, Content> files = new TreeMap<>();
    private final List<String> parts = new ArrayList<>();
    private final Map<String, Integer> lost = new TreeMap<>();

    FakeStorage(String token) throws IOException {
        this.token = token;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::handle);
        server.start();
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** Accepts another token from now on. */
    synchronized FakeStorage token(String value) {
        token = value;
        return this;
    }

    /** Adds an empty file. */
    synchronized FakeStorage add(String path) {
        files.putIfAbsent(path, new Content());
        return this;
    }

    /** Returns the readable files, without temporary ones. */
    synchronized Map<String, String> texts() {
        Map<String, String> texts = new TreeMap<>();
        files.forEach((path, file) -> {
            if (!path.contains("/.")) {
                texts.put(path, new String(file.flushed, StandardCharsets.UTF_8));
            }
        });
        return texts;
    }

    /** Returns the appends and flushes so far, with their positions. */
    synchronized List<String> parts() {
        return List.copyOf(parts);
    }

    /** Acts on the next requests of a kind, but sends no response. */
    synchronized FakeStorage loseAnswers(String kind, int times) {
        lost.put(kind, times);
        return this;
    }

    private synchronized void handle(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        String query = String.valueOf(exchange.getRequestURI().getQuery());
        String path = exchange.getRequestURI().getPath();
        if (!("Bearer " + token).equals(exchange.getRequestHeaders().getFirst("Authorization"))
                || exchange.getRequestHeaders().getFirst("x-ms-version") == null) {
            answer(exchange, 403, "");
            return;
        }
        String kind = kind(exchange.getRequestMethod(), query);
        int status = act(kind, path, query, body, exchange);
        if (lost.getOrDefault(kind, 0) > 0) {
            lost.merge(kind, -1, Integer::sum);
            exchange.close();
            return;
        }
        answer(exchange, status, files.containsKey(path) ? files.get(path).digest : "");
    }

    private static String kind(String method, String query) {
        if (method.equals("PATCH")) {
            return query.contains("action=append") ? "append" : "flush";
        }
        return method.equals("HEAD") ? "head" : query.equals("resource=file") ? "create" : "rename";
    }

    private int act(String kind, String path, String query, byte[] body, HttpExchange exchange) {
        Content file = files.get(path);
        int position = query.contains("position=") ? Integer.parseInt(query.replaceAll(".*position=", "")) : 0;
        switch (kind) {
            case "create" -> files.put(path, new Content());
            case "append" -> {
                if (file.appended.size() != position) {
                    return 400;
                }
                file.appended.writeBytes(body);
                parts.add("append " + position);
            }
            case "flush" -> {
                if (file.appended.size() != position) {
                    return 400;
                }
                file.flushed = file.appended.toByteArray();
                file.digest = exchange.getRequestHeaders().getFirst("x-ms-content-md5");
                parts.add("flush " + position);
            }
            case "rename" ->
                files.put(path, files.remove(exchange.getRequestHeaders().getFirst("x-ms-rename-source")));
            default -> {
                return file == null ? 404 : 200;
            }
        }
        return 200;
    }

    private static void answer(HttpExchange exchange, int status, String digest) throws IOException {
        if (!digest.isEmpty()) {
            exchange.getResponseHeaders().add("Content-MD5", digest);
        }
        exchange.sendResponseHeaders(status, -1);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
