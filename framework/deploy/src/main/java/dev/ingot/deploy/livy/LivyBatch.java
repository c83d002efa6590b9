package dev.ingot.deploy.livy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ingot.deploy.RemoteRun.Phase;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * A batch as the server tells of it.
 *
 * @param state one word, such as "running"
 * @param result Synapse's word for how it ended, such as "Cancelled"; empty where there is none
 * @param errors what Synapse found wrong
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

    /** How it stands. Synapse calls a batch that was cancelled dead or killed, and tells by the result which it was. */
    public Phase phase() {
        boolean wasCancelled = result.equalsIgnoreCase("cancelled");
        return switch (state) {
            case "not_started", "starting" -> Phase.WAITING;
            case "success" -> result.equalsIgnoreCase("failed") ? Phase.FAILED : Phase.SUCCEEDED;
            case "killed" -> Phase.CANCELLED;
            case "dead", "error" -> wasCancelled ? Phase.CANCELLED : Phase.FAILED;
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
