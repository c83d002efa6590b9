package dev.ingot.secrets.provider;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.ingot.secrets.SecretException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * Sends requests to secret stores and identity services over HTTP. Throttling (429), server errors (5xx) and failed
 * connections are retried, with exponential backoff or after {@code Retry-After}; every other failure, a timeout too,
 * is reported at once. No text of a response ever appears in a message.
 */
final class SecretHttpClient {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** The timeouts of a request, how often it is sent at most, and the pause before the first retry. */
    record RetryPolicy(Duration connectTimeout, Duration responseTimeout, int attempts, Duration backoff) {

        static final RetryPolicy DEFAULT =
                new RetryPolicy(Duration.ofSeconds(5), Duration.ofSeconds(20), 4, Duration.ofMillis(500));
    }

    /**
     * A response. It may contain secrets, so it prints as its status alone.
     *
     * @param status the HTTP status
     * @param json the body, when it is a JSON object
     */
    record Response(int status, String body, Optional<JsonNode> json) {

        Response {
            Objects.requireNonNull(body, "body");
            Objects.requireNonNull(json, "json");
        }

        /** Returns the same response with a nested object of the body as its JSON. */
        Response within(String... path) {
            JsonNode node = json.orElse(MissingNode.getInstance());
            for (String name : path) {
                node = node.path(name);
            }
            return new Response(status, body, Optional.of(node).filter(JsonNode::isObject));
        }

        /** Returns a text field of the body; empty when it does not exist. */
        Optional<String> text(String name) {
            return json.map(object -> object.path(name))
                    .filter(JsonNode::isTextual)
                    .map(JsonNode::textValue);
        }

        @Override
        public String toString() {
            return String.valueOf(status);
        }
    }

    private final HttpClient client;
    private final RetryPolicy policy;

    SecretHttpClient(RetryPolicy policy) {
        this.policy = Objects.requireNonNull(policy, "policy");
        this.client = HttpClient.newBuilder()
                .connectTimeout(policy.connectTimeout())
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
    }

    /**
     * Sends an idempotent request, with retries.
     *
     * @param service the name of the service, for messages
     * @throws SecretException when the service cannot be reached, throttles or fails
     */
    Response send(String service, HttpRequest.Builder request) {
        try {
            return send(service, request.timeout(policy.responseTimeout()).build());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw unreachable(service, "interrupted");
        }
    }

    private Response send(String service, HttpRequest request) throws InterruptedException {
        Duration pause = policy.backoff();
        for (int attempt = 1; ; attempt++) {
            boolean last = attempt == policy.attempts();
            Duration wait = pause;
            try {
                HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
                if (!isTransient(response.statusCode())) {
                    return new Response(response.statusCode(), response.body(), json(response.body()));
                }
                if (last) {
                    throw failed(service, response.statusCode());
                }
                wait = retryAfter(response).orElse(pause);
            } catch (HttpTimeoutException timeout) {
                throw unreachable(service, "no response within " + seconds(timeout));
            } catch (IOException failed) {
                if (last) {
                    boolean refused = failed instanceof ConnectException;
                    throw unreachable(service, refused ? "no connection" : "the connection was lost");
                }
            }
            Thread.sleep(wait.toMillis());
            pause = pause.multipliedBy(2);
        }
    }

    private String seconds(HttpTimeoutException timeout) {
        boolean connecting = timeout instanceof HttpConnectTimeoutException;
        return (connecting ? policy.connectTimeout() : policy.responseTimeout()).toMillis() / 1000.0 + " s";
    }

    private static boolean isTransient(int status) {
        return status == 429 || status >= 500;
    }

    private SecretException failed(String service, int status) {
        return new SecretException(
                service + (status == 429 ? " throttles requests (" : " failed (") + status + ", tried "
                        + policy.attempts() + " times)",
                "Run again later.");
    }

    private static SecretException unreachable(String service, String why) {
        return new SecretException(
                service + " cannot be reached (" + why + ")",
                "Check that the address is right, and that the network allows this machine to reach it.");
    }

    /** Returns the failure for an unexpected status, or a body that is not the expected JSON. */
    static SecretException unexpected(String service, Response response) {
        boolean ok = response.status() == 200;
        return new SecretException(
                ok && response.json().isPresent()
                        ? service + " returned JSON in an undocumented format"
                        : ok
                                ? service + " returned something other than JSON"
                                : service + " rejected the request (" + response.status() + ")",
                ok
                        ? "Check that the address is right, and that no proxy or login page intercepts the request."
                        : "Check that the environment file names the right address.");
    }

    private static Optional<JsonNode> json(String body) {
        try {
            JsonNode node = JSON.readTree(body);
            return node.isObject() ? Optional.of(node) : Optional.empty();
        } catch (JsonProcessingException invalid) {
            return Optional.empty();
        }
    }

    /** Reads {@code Retry-After} in seconds, capped at the response timeout; a date is ignored. */
    private Optional<Duration> retryAfter(HttpResponse<?> response) {
        return response.headers()
                .firstValue("Retry-After")
                .filter(value -> value.matches("[0-9]{1,4}"))
                .map(value -> Duration.ofSeconds(Long.parseLong(value)))
                .map(wait -> wait.compareTo(policy.responseTimeout()) > 0 ? policy.responseTimeout() : wait);
    }
}
