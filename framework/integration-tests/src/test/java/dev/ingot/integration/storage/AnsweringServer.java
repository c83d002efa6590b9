package dev.ingot.integration.storage;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/** A server on 127.0.0.1 that answers every request alike, as a service that refuses does. */
record AnsweringServer(HttpServer server) implements AutoCloseable {

    static AnsweringServer start(int status, String type, String body) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        server.createContext("/", exchange -> answer(exchange, status, type, bytes));
        server.start();
        return new AnsweringServer(server);
    }

    /** An answer to HEAD has no body, so it does not say why. */
    private static void answer(HttpExchange exchange, int status, String type, byte[] body) throws IOException {
        boolean bare = exchange.getRequestMethod().equals("HEAD");
        exchange.getResponseHeaders().add("Content-Type", type);
        exchange.sendResponseHeaders(status, bare ? -1 : body.length);
        if (!bare) {
            exchange.getResponseBody().write(body);
        }
        exchange.close();
    }

    /** Where it is, as a host and a port. */
    String host() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
