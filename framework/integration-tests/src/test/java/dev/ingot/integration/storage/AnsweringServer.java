package dev.ingot.integration.storage;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/** A server on 127.0.0.1 that sends the same answer to every request, as a service that rejects all requests. */
record AnsweringServer(HttpServer server) implements AutoCloseable {

    static AnsweringServer start(int status, String type, String body) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        server.createContext("/", exchange -> answer(exchange, status, type, bytes));
        server.start();
        return new AnsweringServer(server);
    }

    /** Sends the answer; to a HEAD request without a body, so without the reason. */
    private static void answer(HttpExchange exchange, int status, String type, byte[] body) throws IOException {
        boolean bare = exchange.getRequestMethod().equals("HEAD");
        exchange.getResponseHeaders().add("Content-Type", type);
        exchange.sendResponseHeaders(status, bare ? -1 : body.length);
        if (!bare) {
            exchange.getResponseBody().write(body);
        }
        exchange.close();
    }

    /** Returns its address as host and port. */
    String host() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
