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

/** Converts errors of the SDK and of the workspace into exceptions with reason and remedy. */
final class ApiErrors {

    private static final int SERVER_ERROR = 500;

    /** The SDK's error code for a failed connection; the status beside it is not the workspace's. */
    private static final String CONNECTION_ERROR = "IO_ERROR";

    /** The text of the SDK after the name of the authentication type that failed. */
    private static final String AUTH_FAILED = " auth: ";

    private static final String SIGN_IN =
            "Sign in with 'databricks auth login' or DATABRICKS_TOKEN; a token may have expired.";
    private static final String RETRY_LATER = "Run the command again later.";

    /** Error codes of exceeded limits, which Databricks returns under several statuses. */
    private static final Set<String> LIMIT_CODES =
            Set.of("QUOTA_EXCEEDED", "RESOURCE_EXHAUSTED", "REQUEST_LIMIT_EXCEEDED", "TEMPORARILY_UNAVAILABLE");

    private ApiErrors() {}

    /**
     * Converts an exception of the SDK.
     *
     * @param what the attempted action, such as "create the job 'shop-prod'"
     */
    static IngotException of(Exception failed, String host, String what) {
        Optional<DatabricksError> error = error(failed);
        boolean responded = error.filter(response -> !CONNECTION_ERROR.equals(response.getErrorCode()))
                .isPresent();
        Diagnostic diagnostic = responded ? diagnostic(error.get(), host, what) : withoutResponse(failed, host, what);
        return new IngotException(diagnostic, failed);
    }

    /** Returns whether the request may have taken effect although it failed. */
    static boolean isAnswerLost(IngotException failure) {
        return error(failure.getCause())
                .map(error -> error.getStatusCode() >= SERVER_ERROR)
                .orElse(true);
    }

    /** Returns whether the requested object does not exist. */
    static boolean isMissing(IngotException failure) {
        return error(failure.getCause())
                .filter(error -> error.getStatusCode() == 404 || "RESOURCE_DOES_NOT_EXIST".equals(error.getErrorCode()))
                .isPresent();
    }

    private static Diagnostic diagnostic(DatabricksError error, String host, String what) {
        String reason = error.getStatusCode()
                + (error.getErrorCode() == null ? "" : " " + error.getErrorCode())
                + (error.getMessage() == null ? "" : ", '" + firstLine(error.getMessage()) + "'");
        if (isLimit(error)) {
            return diagnostic(
                    Code.DEPLOY_REFUSED,
                    host,
                    what,
                    reason,
                    "The workspace has reached a limit. Run the command again later.");
        }
        return switch (error.getStatusCode()) {
            case 401 -> diagnostic(Code.DEPLOY_DENIED, host, what, reason, SIGN_IN);
            case 403 ->
                diagnostic(
                        Code.DEPLOY_DENIED,
                        host,
                        what,
                        reason,
                        "Ask an administrator for the permission that it names, or sign in as a user who has it.");
            case 404 ->
                diagnostic(
                        Code.DEPLOY_REFUSED,
                        host,
                        what,
                        reason,
                        "It may have been deleted in the meantime, or the path does not exist. Run the command again:"
                                + " it reads the current state.");
            case 409 ->
                diagnostic(
                        Code.DEPLOY_REFUSED,
                        host,
                        what,
                        reason,
                        "Another request is changing it at the same time. Run the command again.");
            default ->
                error.getStatusCode() >= SERVER_ERROR
                        ? diagnostic(Code.DEPLOY_UNREACHABLE, host, what, reason, RETRY_LATER)
                        : diagnostic(Code.DEPLOY_REFUSED, host, what, reason, "");
        };
    }

    /** Some limits are returned as 400 INVALID_STATE; only the message identifies them. */
    private static boolean isLimit(DatabricksError error) {
        String code = String.valueOf(error.getErrorCode());
        return error.getStatusCode() == 429
                || LIMIT_CODES.contains(code)
                || (code.equals("INVALID_STATE")
                        && String.valueOf(error.getMessage())
                                .matches("(?is).*\\b(quota|limit|past \\d+ seconds)\\b.*"));
    }

    private static Diagnostic withoutResponse(Exception failed, String host, String what) {
        Throwable root = failed;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        if (failed instanceof DatabricksException
                && String.valueOf(failed.getMessage()).contains(AUTH_FAILED)) {
            return diagnostic(
                    Code.DEPLOY_DENIED, host, what, "no valid credentials for the workspace on this machine", SIGN_IN);
        }
        if (root instanceof JsonProcessingException) {
            return diagnostic(
                    Code.DEPLOY_UNREACHABLE,
                    host,
                    what,
                    "the response is not JSON; it may be an HTML page",
                    "Check that 'host' is the URL of the workspace and that no proxy intercepts the request.");
        }
        String reason = root.getMessage() == null ? root.getClass().getSimpleName() : firstLine(root.getMessage());
        return diagnostic(Code.DEPLOY_UNREACHABLE, host, what, reason, RETRY_LATER);
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
