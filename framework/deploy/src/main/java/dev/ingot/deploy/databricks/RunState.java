package dev.ingot.deploy.databricks;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ingot.deploy.RemoteRun.Phase;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How a run or a task of it stands: {@code status} of the Jobs API 2.2 where it is told, {@code state} of older ones
 * otherwise. Words that are not known count as running, but an end of an unknown kind as a failure.
 *
 * @param words Databricks' own words, the state before its result
 * @param result the word for how it ended; empty before
 * @param message what Databricks says of it
 */
record RunState(Phase phase, String words, String result, String message) {

    private static final Set<String> WAITING = Set.of("BLOCKED", "PENDING", "QUEUED", "WAITING", "WAITING_FOR_RETRY");
    private static final Set<String> ENDED = Set.of("TERMINATED", "SKIPPED", "INTERNAL_ERROR");
    private static final Set<String> CANCELLED = Set.of("CANCELED", "USER_CANCELED", "UPSTREAM_CANCELED");

    /** What happens to a task because of another one. */
    private static final Set<String> OTHERS = Set.of("UPSTREAM_FAILED", "UPSTREAM_CANCELED", "EXCLUDED", "DISABLED");

    static RunState of(JsonNode run) {
        JsonNode status = run.path("status");
        JsonNode state = run.path("state");
        String word = first(status.path("state"), state.path("life_cycle_state"));
        JsonNode end = status.path("termination_details");
        JsonNode older = state.path("result_state");
        String result = OTHERS.contains(older.asText()) ? older.asText() : first(end.path("code"), older);
        String message = first(end.path("message"), state.path("state_message"));
        String words = Stream.of(word, result).filter(one -> !one.isEmpty()).collect(Collectors.joining(" "));
        return new RunState(phase(word, result), words, result, message.isEmpty() ? words : message);
    }

    /** Whether it failed by itself, and not because of what comes before it. */
    boolean isOwnFailure() {
        return phase == Phase.FAILED && !OTHERS.contains(result);
    }

    private static Phase phase(String word, String result) {
        if (!ENDED.contains(word)) {
            return WAITING.contains(word) ? Phase.WAITING : Phase.RUNNING;
        }
        if (result.equals("SUCCESS") && word.equals("TERMINATED")) {
            return Phase.SUCCEEDED;
        }
        return CANCELLED.contains(result) ? Phase.CANCELLED : Phase.FAILED;
    }

    private static String first(JsonNode one, JsonNode other) {
        return one.asText().isEmpty() ? other.asText() : one.asText();
    }
}
