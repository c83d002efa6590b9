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
 * Sends requests to one service and retries them. Reads and deletes are retried while the service is busy or
 * unreachable; requests that are not idempotent, only when the service reported that it did not execute them. Every
 * method throws {@link IngotException}: with {@code DEPLOY-005} when it is unknown whether the service executed the
 * request, with {@code DEPLOY-004} or {@code DEPLOY-006} when it did not.
 */
public final class RestClient {

    private static final int NOT_FOUND = 404;
    private static final int TOO_MANY_REQUESTS = 429;

    /** Which failures of a request are retried. */
    private enum Kind {
        /** Retried after 429, 5xx and a broken connection. */
        IDEMPOTENT,
        /** Retried in the same way; 404 is not an error. */
        IDEMPOTENT_OR_MISSING,
        /** Retried after 429 only: the service reported that it did not execute the request. */
        NOT_IDEMPOTENT
    }

    private final RestService service;
    private final Supplier<String> token;
    private final RetryPolicy retries;
    private final HttpClient http;

    /** Creates a client; an empty token is not sent. */
    public RestClient(RestService service, Supplier<String> token, RetryPolicy retries) {
        this.service = Objects.requireNonNull(service, "service");
        this.token = Objects.requireNonNull(token, "token");
        this.retries = Objects.requireNonNull(retries, "retries");
        // Some servers without HTTP/2 fail on the upgrade request.
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(retries.timeout())
                .build();
    }

    /**
     * Sends a GET request.
     *
     * @param path the path below the service's base URI, with a leading slash
     * @param what the attempted action for messages, such as "read the batch 7"
     */
    public JsonNode get(String path, String what) {
        return json(send(request(path).GET(), what, Kind.IDEMPOTENT), what);
    }

    /** Sends a GET request; empty on 404. */
    public Optional<JsonNode> find(String path, String what) {
        HttpResponse<String> response = send(request(path).GET(), what, Kind.IDEMPOTENT_OR_MISSING);
        return response.statusCode() == NOT_FOUND ? Optional.empty() : Optional.of(json(response, what));
    }

    /** Sends a DELETE request; 404 is not an error. Ignores the response body, whose format varies between services. */
    public void delete(String path, String what) {
        send(request(path).DELETE(), what, Kind.IDEMPOTENT_OR_MISSING);
    }

    /** Sends a POST request with a JSON body, which is not idempotent. */
    public JsonNode post(String path, String json, String what) {
        HttpRequest.Builder request =
                request(path).header("Content-Type", "application/json").POST(BodyPublishers.ofString(json));
        return json(send(request, what, Kind.NOT_IDEMPOTENT), what);
    }

    /** Waits as long as after a failed attempt, counted from 1. */
    public void pause(int attempt, String what) {
        sleep(retries.after(attempt), what);
    }

    /** Sends a HEAD request and returns the headers; empty on 404. */
    public Optional<HttpHeaders> head(String path, String what) {
        HttpResponse<String> response =
                send(request(path).method("HEAD", BodyPublishers.noBody()), what, Kind.IDEMPOTENT_OR_MISSING);
        return response.statusCode() == NOT_FOUND ? Optional.empty() : Optional.of(response.headers());
    }

    /**
     * Sends a request with a body, which is not idempotent. Ignores the response body.
     *
     * @param method the HTTP method, such as PUT
     * @param headers sent in addition to those of the service
     */
    public void send(String method, String path, byte[] body, Map<String, String> headers, String what) {
        HttpRequest.Builder request = request(path).method(method, BodyPublishers.ofByteArray(body));
        headers.forEach(request::setHeader);
        send(request, what, Kind.NOT_IDEMPOTENT);
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(service.base() + path))
                .timeout(retries.timeout())
                .setHeader("Accept", "application/json");
        service.headers().forEach(request::setHeader);
        return request;
    }

    private HttpResponse<String> send(HttpRequest.Builder request, String what, Kind kind) {
        for (int attempt = 1; ; attempt++) {
            String bearer = token.get();
            HttpRequest prepared = bearer.isEmpty()
                    ? request.build()
                    : request.setHeader("Authorization", "Bearer " + bearer).build();
            RestFailure failure = new RestFailure(service, what, bearer);
            boolean last = attempt >= retries.attempts();
            Duration pause = retries.after(attempt);
            try {
                HttpResponse<String> response = http.send(prepared, BodyHandlers.ofString());
                int status = response.statusCode();
                boolean retry = status == TOO_MANY_REQUESTS || (kind != Kind.NOT_IDEMPOTENT && status >= 500);
                if (status < 300 || (status == NOT_FOUND && kind == Kind.IDEMPOTENT_OR_MISSING)) {
                    return response;
                }
                if (last || !retry) {
                    throw failure.of(response, attempt);
                }
                pause = retryAfter(response).orElse(pause);
            } catch (IOException broken) {
                if (last || kind == Kind.NOT_IDEMPOTENT) {
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
                throw new IllegalArgumentException("not an object or array");
            }
            return tree;
        } catch (IllegalArgumentException invalid) {
            throw new RestFailure(service, what, "").ofInvalidResponse(response);
        }
    }

    /**
     * Returns the delay of the Retry-After header, at most the longest pause. Only seconds are supported, not dates.
     */
    private Optional<Duration> retryAfter(HttpResponse<String> response) {
        return response.headers()
                .firstValue("Retry-After")
                .filter(value -> value.matches("\\d{1,6}"))
                .map(value -> Duration.ofSeconds(Long.parseLong(value)))
                .map(duration -> duration.compareTo(retries.longest()) < 0 ? duration : retries.longest());
    }

    private void sleep(Duration pause, String what) {
        try {
            Thread.sleep(pause.toMillis());
        } catch (InterruptedException interrupted) {
            throw new RestFailure(service, what, "").of(interrupted);
        }
    }
}
