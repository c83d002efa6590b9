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

    private static final String PATH = "/api/2.2/jobs/runs/get";

    /** For so many failed tasks the error is asked for, each with a request; of the others only what they ended with. */
    private static final int ERRORS = 20;

    private final JobsApi api;
    private final long id;
    private final ObjectNode found;

    private DatabricksRun(JobsApi api, long id, ObjectNode found) {
        this.api = api;
        this.id = id;
        this.found = found;
    }

    static DatabricksRun of(JobsApi api, long id) {
        return new DatabricksRun(api, id, api.get(PATH, Map.of("run_id", id), what(id)));
    }

    /** Whether it began before a moment and had failed or been cancelled when it was found. */
    boolean isEarlierFailure(Instant moment) {
        return RunState.of(found).phase().isBadEnd()
                && Instant.ofEpochMilli(found.path("start_time").asLong()).isBefore(moment);
    }

    @Override
    public String id() {
        return Long.toString(id);
    }

    @Override
    public String page() {
        return found.path("run_page_url").asText();
    }

    @Override
    public State state() {
        RunState state = RunState.of(api.get(PATH, Map.of("run_id", id), what(id)));
        boolean failed = state.phase() == Phase.FAILED;
        return new State(state.phase(), state.words(), failed ? messages() : List.of());
    }

    @Override
    public void cancel() {
        api.sendAgain("/api/2.2/jobs/runs/cancel", Map.of("run_id", id), "cancel the run " + id);
    }

    private static String what(long id) {
        return "look at the run " + id;
    }

    /** Each task whose last attempt failed, with its error; or what is said of the run as a whole. */
    private List<String> messages() {
        ObjectNode run = api.getAll(PATH, Map.of("run_id", id), what(id));
        Map<String, JsonNode> last = new LinkedHashMap<>();
        run.path("tasks").forEach(task -> last.merge(task.path("task_key").asText(), task, DatabricksRun::later));
        List<String> messages = new ArrayList<>();
        last.forEach((key, task) -> {
            if (RunState.of(task).isOwnFailure()) {
                messages.add("task " + key + ": "
                        + (messages.size() < ERRORS
                                ? error(task)
                                : RunState.of(task).message()));
            }
        });
        return messages.isEmpty() ? List.of(RunState.of(run).message()) : messages;
    }

    private static JsonNode later(JsonNode one, JsonNode other) {
        return other.path("attempt_number").asInt()
                        >= one.path("attempt_number").asInt()
                ? other
                : one;
    }

    private String error(JsonNode task) {
        long run = task.path("run_id").asLong();
        try {
            String error = api.get("/api/2.2/jobs/runs/get-output", Map.of("run_id", run), "read the output of " + run)
                    .path("error")
                    .asText();
            return error.isBlank() ? RunState.of(task).message() : error.strip();
        } catch (IngotException unread) {
            return RunState.of(task).message();
        }
    }
}
