package dev.ingot.deploy.databricks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ingot.deploy.RemoteRun;
import dev.ingot.diagnostics.IngotException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A run of a job on Databricks. */
final class DatabricksRun implements RemoteRun {

    private static final String GET_RUN = "/api/2.2/jobs/runs/get";

    /** The number of failed tasks whose error is fetched, with one request each; the others show only their result. */
    private static final int MAX_ERRORS = 20;

    private final JobsApi api;
    private final long id;
    private final ObjectNode initial;

    private DatabricksRun(JobsApi api, long id, ObjectNode initial) {
        this.api = api;
        this.id = id;
        this.initial = initial;
    }

    static DatabricksRun of(JobsApi api, long id) {
        return new DatabricksRun(api, id, api.get(GET_RUN, Map.of("run_id", id), what(id)));
    }

    /**
     * Returns whether the run started before a moment and had already failed or been cancelled when it was first read.
     */
    boolean isEarlierFailure(Instant moment) {
        return RunState.of(initial).phase().isBadEnd()
                && Instant.ofEpochMilli(initial.path("start_time").asLong()).isBefore(moment);
    }

    @Override
    public String id() {
        return Long.toString(id);
    }

    @Override
    public String page() {
        return initial.path("run_page_url").asText();
    }

    @Override
    public State state() {
        RunState state = RunState.of(api.get(GET_RUN, Map.of("run_id", id), what(id)));
        boolean failed = state.phase() == Phase.FAILED;
        return new State(state.phase(), state.description(), failed ? messages() : List.of());
    }

    @Override
    public void cancel() {
        api.sendIdempotent("/api/2.2/jobs/runs/cancel", Map.of("run_id", id), "cancel the run " + id);
    }

    private static String what(long id) {
        return "read the run " + id;
    }

    /** Returns the error of each task whose last attempt failed, or else the message of the run as a whole. */
    private List<String> messages() {
        ObjectNode run = api.getAll(GET_RUN, Map.of("run_id", id), what(id));
        Map<String, JsonNode> last = new LinkedHashMap<>();
        run.path("tasks")
                .forEach(task -> last.merge(task.path("task_key").asText(), task, DatabricksRun::latestAttempt));
        List<String> messages = new ArrayList<>();
        last.forEach((key, task) -> {
            if (RunState.of(task).isOwnFailure()) {
                messages.add("task " + key + ": "
                        + (messages.size() < MAX_ERRORS
                                ? error(task)
                                : RunState.of(task).message()));
            }
        });
        return messages.isEmpty() ? List.of(RunState.of(run).message()) : messages;
    }

    private static JsonNode latestAttempt(JsonNode first, JsonNode second) {
        return second.path("attempt_number").asInt()
                        >= first.path("attempt_number").asInt()
                ? second
                : first;
    }

    private String error(JsonNode task) {
        long run = task.path("run_id").asLong();
        try {
            String error = api.get(
                            "/api/2.2/jobs/runs/get-output",
                            Map.of("run_id", run),
                            "read the output of the task run " + run)
                    .path("error")
                    .asText();
            return error.isBlank() ? RunState.of(task).message() : error.strip();
        } catch (IngotException unavailable) {
            return RunState.of(task).message();
        }
    }
}
