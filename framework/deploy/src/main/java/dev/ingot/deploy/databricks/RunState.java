package dev.ingot.deploy.databricks;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ingot.deploy.RemoteRun.Phase;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The state of a run or of one of its tasks: from {@code status} of the Jobs API 2.2 if present, else from
 * {@code state} of older versions. An unknown state counts as running, an unknown result as a failure.
 *
 * @param description the state and the result, as Databricks names them
 * @param result how it ended; empty before the end
 * @param message Databricks' message
 */
record RunState(Phase phase, String description, String result, String message) {

    private static final Set<String> WAITING = Set.of("BLOCKED", "PENDING", "QUEUED", "WAITING", "WAITING_FOR_RETRY");
    private static final Set<String> ENDED = Set.of("TERMINATED", "SKIPPED", "INTERNAL_ERROR");
    private static final Set<String> CANCELLED = Set.of("CANCELED", "USER_CANCELED", "UPSTREAM_CANCELED");

    /** Results that a task has because of another one. */
    private static final Set<String> INHERITED = Set.of("UPSTREAM_FAILED", "UPSTREAM_CANCELED", "EXCLUDED", "DISABLED");

    static RunState of(JsonNode run) {
        JsonNode status = run.path("status");
        JsonNode state = run.path("state");
        String lifecycle = firstNonEmpty(status.path("state"), state.path("life_cycle_state"));
        JsonNode details = status.path("termination_details");
        JsonNode oldResult = state.path("result_state");
        String result = INHERITED.contains(oldResult.asText())
                ? oldResult.asText()
                : firstNonEmpty(details.path("code"), oldResult);
        String message = firstNonEmpty(details.path("message"), state.path("state_message"));
        String description =
                Stream.of(lifecycle, result).filter(part -> !part.isEmpty()).collect(Collectors.joining(" "));
        return new RunState(phase(lifecycle, result), description, result, message.isEmpty() ? description : message);
    }

    /** Returns whether the task itself failed, and not one that it depends on. */
    boolean isOwnFailure() {
        return phase == Phase.FAILED && !INHERITED.contains(result);
    }

    private static Phase phase(String lifecycle, String result) {
        if (!ENDED.contains(lifecycle)) {
            return WAITING.contains(lifecycle) ? Phase.WAITING : Phase.RUNNING;
        }
        if (result.equals("SUCCESS") && lifecycle.equals("TERMINATED")) {
            return Phase.SUCCEEDED;
        }
        return CANCELLED.contains(result) ? Phase.CANCELLED : Phase.FAILED;
    }

    private static String firstNonEmpty(JsonNode first, JsonNode second) {
        return first.asText().isEmpty() ? second.asText() : first.asText();
    }
}
