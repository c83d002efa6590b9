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
 * What went wrong with a request, as a person reads it.
 *
 * @param what was tried: "submit the batch x"
 * @param token what no message may show; may be empty
 */
record RestFailure(RestService service, String what, String token) {

    private static final int LONGEST = 300;

    /** Where services of all kinds put the reason. */
    private static final List<String> REASONS =
            List.of("/error/message", "/error_description", "/message", "/Message", "/msg", "/error");

    private static final String REPEAT = "Try again later.";

    /** The service answered with an error. */
    IngotException of(HttpResponse<String> response, int attempts) {
        int status = response.statusCode();
        String reason = "HTTP " + status + reason(response);
        return switch (status) {
            case 401 ->
                error(
                        Code.DEPLOY_DENIED,
                        service.name() + " does not know who asks (" + reason + ")",
                        service.unknown());
            case 403 ->
                error(Code.DEPLOY_DENIED, service.name() + " does not allow it (" + reason + ")", service.denied());
            case 404 -> error(Code.DEPLOY_REFUSED, "it is not there (" + reason + ")", service.missing());
            case 429 ->
                error(
                        Code.DEPLOY_REFUSED,
                        service.name() + " is too busy; it was asked " + attempts + " times (" + reason + ")",
                        REPEAT);
            default ->
                status < 400 || status >= 500
                        ? error(Code.DEPLOY_UNREACHABLE, service.name() + " failed (" + reason + ")", REPEAT)
                        : error(Code.DEPLOY_REFUSED, service.name() + " refused it (" + reason + ")", "");
        };
    }

    /** No answer came. */
    IngotException of(IOException broken) {
        String reason = broken instanceof HttpTimeoutException
                ? service.name() + " did not answer in time"
                : service.name() + " cannot be reached ("
                        + broken.getClass().getSimpleName()
                        + (broken.getMessage() == null ? "" : ": " + broken.getMessage()) + ")";
        IngotException failure = error(Code.DEPLOY_UNREACHABLE, reason, REPEAT);
        failure.initCause(broken);
        return failure;
    }

    /** The command is being ended while it waits. */
    IngotException of(InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        IngotException failure = error(Code.DEPLOY_UNREACHABLE, "the command was interrupted", REPEAT);
        failure.initCause(interrupted);
        return failure;
    }

    /** The service, or whoever stands before it, answered something else than JSON. */
    IngotException ofNonsense(HttpResponse<String> response) {
        String type = response.headers().firstValue("Content-Type").orElse("no type");
        return error(
                Code.DEPLOY_UNREACHABLE,
                service.name() + " did not answer in JSON (HTTP " + response.statusCode() + ", " + type + ")",
                "Check the address and whether a proxy or a sign-in page stands before it.");
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
            return ": a page of HTML";
        }
        String told = text;
        try {
            JsonNode tree = TextFiles.readJson(text);
            told = REASONS.stream()
                    .map(tree::at)
                    .filter(JsonNode::isTextual)
                    .map(JsonNode::asText)
                    .findFirst()
                    .orElse(text);
        } catch (IllegalArgumentException plain) {
            told = text;
        }
        String line = told.replaceAll("\\s+", " ");
        line = token.isEmpty() ? line : line.replace(token, "***");
        return ": " + (line.length() > LONGEST ? line.substring(0, LONGEST) + "..." : line);
    }
}
