package dev.ingot.deploy.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.ingot.deploy.TextFiles;
import dev.ingot.diagnostics.IngotException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A client of one service. Reading and deleting is repeated while the service is busy or out of reach; whatever may act
 * twice is repeated only when the service said that it did not act. Every method throws {@link IngotException}: with
 * {@code DEPLOY-005} when it is not known whether the service acted, with {@code DEPLOY-004} or {@code DEPLOY-006} when it
 * did not.
 */
public final class RestClient {

    private static final int GONE = 404;
    private static final int TOO_MANY = 429;

    /** How a request is treated. */
    private enum Kind {
        /** May be repeated whatever became of it. */
        REPEATABLE,
        /** The same, and it is no error that the thing is not there. */
        OF_WHAT_MAY_BE_GONE,
        /** May be repeated only when the service said that it did nothing. */
        ACTING
    }

    private final RestService service;
    private final Supplier<String> token;
    private final RetryPolicy pace;
    private final HttpClient http;

    /** A client; an empty token is not sent. */
    public RestClient(RestService service, Supplier<String> token, RetryPolicy pace) {
        this.service = Objects.requireNonNull(service, "service");
        this.token = Objects.requireNonNull(token, "token");
        this.pace = Objects.requireNonNull(pace, "pace");
        // Servers that know no HTTP/2 stumble over a request to change to it.
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(pace.timeout())
                .build();
    }

    /**
     * Reads.
     *
     * @param path below the service's address, with a slash at its beginning
     * @param what is tried, for messages: "read the batch 7"
     */
    public JsonNode get(String path, String what) {
        return json(send(request(path).GET(), what, Kind.REPEATABLE), what);
    }

    /** Reads what may not be there. */
    public Optional<JsonNode> find(String path, String what) {
        HttpResponse<String> response = send(request(path).GET(), what, Kind.OF_WHAT_MAY_BE_GONE);
        return response.statusCode() == GONE ? Optional.empty() : Optional.of(json(response, what));
    }

    /** Deletes what may be gone already. The answer is not looked at, as services answer anything here. */
    public void delete(String path, String what) {
        send(request(path).DELETE(), what, Kind.OF_WHAT_MAY_BE_GONE);
    }

    /** Posts a JSON text, which may make something. */
    public JsonNode post(String path, String json, String what) {
        HttpRequest.Builder request =
                request(path).header("Content-Type", "application/json").POST(BodyPublishers.ofString(json));
        return json(send(request, what, Kind.ACTING), what);
    }

    /** Waits as long as after a failed attempt, counted from 1. */
    public void pause(int attempt, String what) {
        sleep(pace.after(attempt), what);
    }

    /** The headers of what may not be there. */
    public Optional<HttpHeaders> head(String path, String what) {
        HttpResponse<String> response =
                send(request(path).method("HEAD", BodyPublishers.noBody()), what, Kind.OF_WHAT_MAY_BE_GONE);
        return response.statusCode() == GONE ? Optional.empty() : Optional.of(response.headers());
    }

    /**
     * Sends bytes, which may change something. The answer's body is not looked at.
     *
     * @param method such as PUT
     * @param headers besides those of the service
     */
    public void send(String method, String path, byte[] body, Map<String, String> headers, String what) {
        HttpRequest.Builder request = request(path).method(method, BodyPublishers.ofByteArray(body));
        headers.forEach(request::setHeader);
        send(request, what, Kind.ACTING);
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(service.base() + path))
                .timeout(pace.timeout())
                .setHeader("Accept", "application/json");
        service.headers().forEach(request::setHeader);
        return request;
    }

    private HttpResponse<String> send(HttpRequest.Builder request, String what, Kind kind) {
        for (int attempt = 1; ; attempt++) {
            String bearer = token.get();
            HttpRequest made = bearer.isEmpty()
                    ? request.build()
                    : request.setHeader("Authorization", "Bearer " + bearer).build();
            RestFailure failure = new RestFailure(service, what, bearer);
            boolean last = attempt >= pace.attempts();
            Duration pause = pace.after(attempt);
            try {
                HttpResponse<String> response = http.send(made, BodyHandlers.ofString());
                int status = response.statusCode();
                boolean again = status == TOO_MANY || (kind != Kind.ACTING && status >= 500);
                if (status < 300 || (status == GONE && kind == Kind.OF_WHAT_MAY_BE_GONE)) {
                    return response;
                }
                if (last || !again) {
                    throw failure.of(response, attempt);
                }
                pause = asked(response).orElse(pause);
            } catch (IOException broken) {
                if (last || kind == Kind.ACTING) {
                    throw failure.of(broken);
                }
            } catch (InterruptedException interrupted) {
                throw failure.of(interrupted);
            }
            sleep(pause, what);
        }
    }

    private JsonNode json(HttpResponse<String> response, String what) {
        try {
            JsonNode tree = TextFiles.readJson(response.body());
            if (tree instanceof MissingNode || !tree.isContainerNode()) {
                throw new IllegalArgumentException("no object");
            }
            return tree;
        } catch (IllegalArgumentException noJson) {
            throw new RestFailure(service, what, "").ofNonsense(response);
        }
    }

    /** How long the server asks to wait, in seconds; dates are not read. */
    private Optional<Duration> asked(HttpResponse<String> response) {
        return response.headers()
                .firstValue("Retry-After")
                .filter(value -> value.matches("\\d{1,6}"))
                .map(value -> Duration.ofSeconds(Long.parseLong(value)))
                .map(duration -> duration.compareTo(pace.longest()) < 0 ? duration : pace.longest());
    }

    private void sleep(Duration pause, String what) {
        try {
            Thread.sleep(pause.toMillis());
        } catch (InterruptedException interrupted) {
            throw new RestFailure(service, what, "").of(interrupted);
        }
    }
}
