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
 * Asks keepers of secrets over HTTP. Who is busy (429) or fails (5xx, no connection) is asked again, later each time or
 * when {@code Retry-After} says; every other failure is told at once. No answer's text ever gets into a message.
 */
final class SecretHttpClient {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** How long an answer is waited for, and how often and after which first pause it is asked for again. */
    record Patience(Duration connect, Duration answer, int attempts, Duration pause) {

        static final Patience USUAL =
                new Patience(Duration.ofSeconds(5), Duration.ofSeconds(20), 4, Duration.ofMillis(500));
    }

    /**
     * What came back. It may hold secrets, so it prints as its status alone.
     *
     * @param status the HTTP status
     * @param json the body, where it is an object
     */
    record Answer(int status, String body, Optional<JsonNode> json) {

        Answer {
            Objects.requireNonNull(body, "body");
            Objects.requireNonNull(json, "json");
        }

        /** The same of an object in the body. */
        Answer within(String... path) {
            JsonNode node = json.orElse(MissingNode.getInstance());
            for (String name : path) {
                node = node.path(name);
            }
            return new Answer(status, body, Optional.of(node).filter(JsonNode::isObject));
        }

        /** A text field of the body; empty when it is not there. */
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
    private final Patience patience;

    SecretHttpClient(Patience patience) {
        this.patience = Objects.requireNonNull(patience, "patience");
        this.client = HttpClient.newBuilder()
                .connectTimeout(patience.connect())
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
    }

    /**
     * Sends a request that may be repeated.
     *
     * @param keeper who is asked, in a message
     * @throws SecretException when nobody answers, or whoever does is busy or fails
     */
    Answer send(String keeper, HttpRequest.Builder request) {
        try {
            return send(keeper, request.timeout(patience.answer()).build());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw unreachable(keeper, "interrupted");
        }
    }

    private Answer send(String keeper, HttpRequest request) throws InterruptedException {
        Duration pause = patience.pause();
        for (int attempt = 1; ; attempt++) {
            boolean last = attempt == patience.attempts();
            Duration wait = pause;
            try {
                HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
                if (!isPassing(response.statusCode())) {
                    return new Answer(response.statusCode(), response.body(), json(response.body()));
                }
                if (last) {
                    throw failing(keeper, response.statusCode());
                }
                wait = retryAfter(response).orElse(pause);
            } catch (HttpTimeoutException late) {
                throw unreachable(keeper, "no answer within " + seconds(late));
            } catch (IOException broken) {
                if (last) {
                    boolean refused = broken instanceof ConnectException;
                    throw unreachable(keeper, refused ? "no connection" : "the connection was broken");
                }
            }
            Thread.sleep(wait.toMillis());
            pause = pause.multipliedBy(2);
        }
    }

    private String seconds(HttpTimeoutException late) {
        boolean connecting = late instanceof HttpConnectTimeoutException;
        return (connecting ? patience.connect() : patience.answer()).toMillis() / 1000.0 + " s";
    }

    private static boolean isPassing(int status) {
        return status == 429 || status >= 500;
    }

    private SecretException failing(String keeper, int status) {
        return new SecretException(
                keeper + (status == 429 ? " is busy (" : " fails (") + status + ", asked " + patience.attempts()
                        + " times)",
                "Run again later.");
    }

    private static SecretException unreachable(String keeper, String why) {
        return new SecretException(
                keeper + " cannot be reached (" + why + ")",
                "Look whether the address is right, and whether the network lets this machine reach it.");
    }

    /** The failure of whoever answered with another status, or with what is not the JSON that was asked for. */
    static SecretException unexpected(String keeper, Answer answer) {
        boolean asked = answer.status() == 200;
        return new SecretException(
                asked && answer.json().isPresent()
                        ? keeper + " answered with JSON of another form than is documented"
                        : asked
                                ? keeper + " answered with something else than JSON"
                                : keeper + " refused the request (" + answer.status() + ")",
                asked
                        ? "Look whether the address is right, and for a proxy or a login page in between."
                        : "Look whether the environment file names the right place.");
    }

    private static Optional<JsonNode> json(String body) {
        try {
            JsonNode node = JSON.readTree(body);
            return node.isObject() ? Optional.of(node) : Optional.empty();
        } catch (JsonProcessingException other) {
            return Optional.empty();
        }
    }

    /** Seconds only, at most as long as an answer is waited for; a date counts as no word. */
    private Optional<Duration> retryAfter(HttpResponse<?> response) {
        return response.headers()
                .firstValue("Retry-After")
                .filter(value -> value.matches("[0-9]{1,4}"))
                .map(value -> Duration.ofSeconds(Long.parseLong(value)))
                .map(wait -> wait.compareTo(patience.answer()) > 0 ? patience.answer() : wait);
    }
}
