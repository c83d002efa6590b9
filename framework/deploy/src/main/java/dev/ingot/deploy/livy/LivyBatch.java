package dev.ingot.deploy.livy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ingot.deploy.RemoteRun.Phase;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * A batch as the server returns it.
 *
 * @param state the Livy state, such as "running"
 * @param result Synapse's result, such as "Cancelled"; empty when there is none
 * @param errors Synapse's error messages
 * @param log the last lines of the driver's log
 */
public record LivyBatch(long id, String name, String state, String result, List<String> errors, List<String> log) {

    public LivyBatch {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(result, "result");
        errors = List.copyOf(errors);
        log = List.copyOf(log);
    }

    /**
     * Returns the phase. Synapse sets the state of a cancelled batch to dead or killed; its result shows the
     * cancellation.
     */
    public Phase phase() {
        boolean isCancelled = result.equalsIgnoreCase("cancelled");
        return switch (state) {
            case "not_started", "starting" -> Phase.WAITING;
            case "success" -> result.equalsIgnoreCase("failed") ? Phase.FAILED : Phase.SUCCEEDED;
            case "killed" -> Phase.CANCELLED;
            case "dead", "error" -> isCancelled ? Phase.CANCELLED : Phase.FAILED;
            default -> Phase.RUNNING;
        };
    }

    static LivyBatch of(JsonNode tree) {
        List<String> errors = new ArrayList<>();
        tree.path("errorInfo")
                .forEach(error -> errors.add(error.path("message").asText("")
                        + (error.path("errorCode").asText("").isEmpty()
                                ? ""
                                : " (" + error.path("errorCode").asText() + ")")));
        List<String> log = new ArrayList<>();
        tree.path("log").forEach(line -> log.add(line.asText("").stripTrailing()));
        return new LivyBatch(
                tree.path("id").asLong(),
                tree.path("name").asText(""),
                tree.path("state").asText(""),
                tree.path("result").asText(""),
                errors,
                log.stream().filter(line -> !line.isBlank()).toList());
    }
}
