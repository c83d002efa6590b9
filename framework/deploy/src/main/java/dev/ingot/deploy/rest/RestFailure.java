package dev.ingot.deploy.rest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ingot.deploy.TextFiles;
import dev.ingot.diagnostics.Code;
import dev.ingot.diagnostics.Diagnostic;
import dev.ingot.diagnostics.IngotException;
import dev.ingot.diagnostics.SourceSpan;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.util.List;

/**
 * Converts a failed request into an exception with reason and remedy.
 *
 * @param what the attempted action, such as "submit the batch x"
 * @param token the bearer token, redacted in messages; may be empty
 */
record RestFailure(RestService service, String what, String token) {

    private static final int MAX_LENGTH = 300;

    /** The JSON pointers under which services return the error message. */
    private static final List<String> MESSAGE_POINTERS =
            List.of("/error/message", "/error_description", "/message", "/Message", "/msg", "/error");

    private static final String RETRY_LATER = "Try again later.";

    /** Converts an HTTP status that is an error. */
    IngotException of(HttpResponse<String> response, int attempts) {
        int status = response.statusCode();
        String reason = "HTTP " + status + reason(response);
        return switch (status) {
            case 401 ->
                error(
                        Code.DEPLOY_DENIED,
                        service.name() + " did not accept the credentials (" + reason + ")",
                        service.unauthenticated());
            case 403 ->
                error(Code.DEPLOY_DENIED, service.name() + " denied permission (" + reason + ")", service.denied());
            case 404 -> error(Code.DEPLOY_REFUSED, "not found (" + reason + ")", service.missing());
            case 429 ->
                error(
                        Code.DEPLOY_REFUSED,
                        service.name() + " is too busy; gave up after " + attempts + " attempts (" + reason + ")",
                        RETRY_LATER);
            default ->
                status < 400 || status >= 500
                        ? error(Code.DEPLOY_UNREACHABLE, service.name() + " failed (" + reason + ")", RETRY_LATER)
                        : error(Code.DEPLOY_REFUSED, service.name() + " rejected the request (" + reason + ")", "");
        };
    }

    /** Converts a failed connection or a timeout. */
    IngotException of(IOException broken) {
        String reason = broken instanceof HttpTimeoutException
                ? service.name() + " did not respond in time"
                : service.name() + " cannot be reached ("
                        + broken.getClass().getSimpleName()
                        + (broken.getMessage() == null ? "" : ": " + broken.getMessage()) + ")";
        IngotException failure = error(Code.DEPLOY_UNREACHABLE, reason, RETRY_LATER);
        failure.initCause(broken);
        return failure;
    }

    /** Converts an interrupt during a request or a pause. */
    IngotException of(InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        IngotException failure = error(Code.DEPLOY_UNREACHABLE, "the command was interrupted", RETRY_LATER);
        failure.initCause(interrupted);
        return failure;
    }

    /** Converts a response that is not JSON, from the service or from a proxy. */
    IngotException ofInvalidResponse(HttpResponse<String> response) {
        String type = response.headers().firstValue("Content-Type").orElse("no content type");
        return error(
                Code.DEPLOY_UNREACHABLE,
                service.name() + " did not respond with JSON (HTTP " + response.statusCode() + ", " + type + ")",
                "Check the URL, and that no proxy or sign-in page intercepts the request.");
    }

    private IngotException error(Code code, String reason, String remedy) {
        return new IngotException(Diagnostic.error(
                code, SourceSpan.of(service.base().getHost()), "Cannot " + what + ": " + reason, remedy));
    }

    private String reason(HttpResponse<String> response) {
        String text = response.body().strip();
        if (text.isEmpty()) {
            return "";
        }
        if (text.startsWith("<")) {
            return ": an HTML page";
        }
        String message = text;
        try {
            JsonNode tree = TextFiles.readJson(text);
            message = MESSAGE_POINTERS.stream()
                    .map(tree::at)
                    .filter(JsonNode::isTextual)
                    .map(JsonNode::asText)
                    .findFirst()
                    .orElse(text);
        } catch (IllegalArgumentException plain) {
            message = text;
        }
        String line = message.replaceAll("\\s+", " ");
        line = token.isEmpty() ? line : line.replace(token, "***");
        return ": " + (line.length() > MAX_LENGTH ? line.substring(0, MAX_LENGTH) + "..." : line);
    }
}
