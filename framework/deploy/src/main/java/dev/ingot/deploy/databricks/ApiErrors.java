package dev.ingot.deploy.databricks;

import com.databricks.sdk.core.DatabricksError;
import com.databricks.sdk.core.DatabricksException;
import com.fasterxml.jackson.core.JsonProcessingException;
import dev.ingot.diagnostics.Code;
import dev.ingot.diagnostics.Diagnostic;
import dev.ingot.diagnostics.IngotException;
import dev.ingot.diagnostics.SourceSpan;
import java.util.Optional;
import java.util.Set;

/** What a workspace refuses or leaves unanswered, as a person needs to be told. */
final class ApiErrors {

    private static final int SERVER = 500;

    /** The SDK's own word for a connection that failed; its status is made up. */
    private static final String CONNECTION = "IO_ERROR";

    /** What the SDK writes after the way of signing in that failed. */
    private static final String SIGNING_IN = " auth: ";

    private static final String SIGN_IN =
            "Sign in, with 'databricks auth login' or DATABRICKS_TOKEN; a token may have expired.";
    private static final String AGAIN = "Run the command again later.";

    /** Limits that Databricks tells by words, under several statuses. */
    private static final Set<String> LIMITS =
            Set.of("QUOTA_EXCEEDED", "RESOURCE_EXHAUSTED", "REQUEST_LIMIT_EXCEEDED", "TEMPORARILY_UNAVAILABLE");

    private ApiErrors() {}

    /**
     * An exception of the SDK as one for a person.
     *
     * @param what what was tried: "make the job 'shop-prod'"
     */
    static IngotException of(Exception failed, String host, String what) {
        Optional<DatabricksError> error = error(failed);
        boolean answered =
                error.filter(one -> !CONNECTION.equals(one.getErrorCode())).isPresent();
        Diagnostic told = answered ? told(error.get(), host, what) : unanswered(failed, host, what);
        return new IngotException(told, failed);
    }

    /** Whether the request may have done its work all the same. */
    static boolean isAnswerLost(IngotException refusal) {
        return error(refusal.getCause())
                .map(error -> error.getStatusCode() >= SERVER)
                .orElse(true);
    }

    /** Whether what was asked for is not there. */
    static boolean isMissing(IngotException refusal) {
        return error(refusal.getCause())
                .filter(error -> error.getStatusCode() == 404 || "RESOURCE_DOES_NOT_EXIST".equals(error.getErrorCode()))
                .isPresent();
    }

    private static Diagnostic told(DatabricksError error, String host, String what) {
        String words = error.getStatusCode()
                + (error.getErrorCode() == null ? "" : " " + error.getErrorCode())
                + (error.getMessage() == null ? "" : ", '" + firstLine(error.getMessage()) + "'");
        if (isLimit(error)) {
            return diagnostic(
                    Code.DEPLOY_REFUSED,
                    host,
                    what,
                    words,
                    "The workspace has reached a limit. Run the command again later.");
        }
        return switch (error.getStatusCode()) {
            case 401 -> diagnostic(Code.DEPLOY_DENIED, host, what, words, SIGN_IN);
            case 403 ->
                diagnostic(
                        Code.DEPLOY_DENIED,
                        host,
                        what,
                        words,
                        "Ask an administrator for the right that it names, or sign in as somebody who has it.");
            case 404 ->
                diagnostic(
                        Code.DEPLOY_REFUSED,
                        host,
                        what,
                        words,
                        "It may have been deleted a moment ago, or the path names something that is not there. Run the"
                                + " command again: it looks anew.");
            case 409 ->
                diagnostic(
                        Code.DEPLOY_REFUSED,
                        host,
                        what,
                        words,
                        "Somebody else changes it at this moment. Run the command again.");
            default ->
                error.getStatusCode() >= SERVER
                        ? diagnostic(Code.DEPLOY_UNREACHABLE, host, what, words, AGAIN)
                        : diagnostic(Code.DEPLOY_REFUSED, host, what, words, "");
        };
    }

    /** Some limits come as 400 INVALID_STATE, and only the text says which. */
    private static boolean isLimit(DatabricksError error) {
        String code = String.valueOf(error.getErrorCode());
        return error.getStatusCode() == 429
                || LIMITS.contains(code)
                || (code.equals("INVALID_STATE")
                        && String.valueOf(error.getMessage())
                                .matches("(?is).*\\b(quota|limit|past \\d+ seconds)\\b.*"));
    }

    private static Diagnostic unanswered(Exception failed, String host, String what) {
        Throwable root = failed;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        if (failed instanceof DatabricksException
                && String.valueOf(failed.getMessage()).contains(SIGNING_IN)) {
            return diagnostic(Code.DEPLOY_DENIED, host, what, "nothing here signs in to the workspace", SIGN_IN);
        }
        if (root instanceof JsonProcessingException) {
            return diagnostic(
                    Code.DEPLOY_UNREACHABLE,
                    host,
                    what,
                    "the answer is no JSON, but a page for people perhaps",
                    "Look whether 'host' is the address of the workspace, and whether a proxy stands before it.");
        }
        String reason = root.getMessage() == null ? root.getClass().getSimpleName() : firstLine(root.getMessage());
        return diagnostic(Code.DEPLOY_UNREACHABLE, host, what, reason, AGAIN);
    }

    private static Diagnostic diagnostic(Code code, String host, String what, String reason, String remedy) {
        return Diagnostic.error(code, SourceSpan.of(String.valueOf(host)), "Cannot " + what + ": " + reason, remedy);
    }

    private static Optional<DatabricksError> error(Throwable failed) {
        for (Throwable at = failed; at != null; at = at.getCause()) {
            if (at instanceof DatabricksError error) {
                return Optional.of(error);
            }
        }
        return Optional.empty();
    }

    private static String firstLine(String text) {
        return text.strip().lines().findFirst().orElse("");
    }
}
