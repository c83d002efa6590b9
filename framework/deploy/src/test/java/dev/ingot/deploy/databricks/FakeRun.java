package dev.ingot.deploy.databricks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A run of the fake workspace; each request for it advances it by one state. */
final class FakeRun {

    private static final int PAGE = 100;

    private final long id;
    private final long startTime = System.currentTimeMillis();
    private final List<String> tasks = new ArrayList<>();
    private final Deque<JsonNode> script;
    private final Map<String, String> errors;

    FakeRun(long id, JsonNode job, JsonNode only, Deque<JsonNode> script, Map<String, String> errors) {
        this.id = id;
        this.script = script;
        this.errors = errors;
        Set<String> selected = new HashSet<>();
        only.forEach(key -> selected.add(key.asText()));
        job.path("tasks").forEach(task -> {
            if (selected.isEmpty() || selected.contains(task.path("task_key").asText())) {
                tasks.add(task.path("task_key").asText());
            }
        });
    }

    /** Returns a run's state in the format of API 2.2; {@code code} is empty before the end. */
    static JsonNode status(String state, String code) {
        ObjectNode response = FakeDatabricks.JSON.createObjectNode();
        ObjectNode status = response.putObject("status").put("state", state);
        if (!code.isEmpty()) {
            status.putObject("termination_details")
                    .put("code", code)
                    .put("type", code.equals("SUCCESS") ? "SUCCESS" : "CLIENT_ERROR")
                    .put("message", "ended with " + code);
        }
        return response;
    }

    /** Returns a run's state in the format of earlier versions. */
    static JsonNode oldStatus(String state, String result) {
        ObjectNode response = FakeDatabricks.JSON.createObjectNode();
        response.putObject("state").put("life_cycle_state", state).put("result_state", result);
        return response;
    }

    void cancel() {
        script.clear();
        script.add(status("TERMINATING", ""));
        script.add(status("TERMINATED", "USER_CANCELED"));
    }

    JsonNode response(String pageToken, String host) {
        int from = Integer.parseInt(pageToken);
        JsonNode current = from > 0 || script.size() == 1 ? script.peek() : script.poll();
        ObjectNode response = current.deepCopy();
        response.put("run_id", id).put("start_time", startTime).put("run_page_url", host + "/?o=1#job/1/run/" + id);
        ArrayNode page = response.putArray("tasks");
        for (int i = from; i < Math.min(tasks.size(), from + PAGE); i++) {
            ObjectNode task = page.addObject().put("task_key", tasks.get(i)).put("run_id", id + 1 + i);
            if (errors.containsKey(tasks.get(i))) {
                // Both attempts failed.
                task.put("attempt_number", 0).setAll((ObjectNode) status("TERMINATED", "RUN_EXECUTION_ERROR"));
                page.add(task.deepCopy().put("attempt_number", 1));
            } else {
                String result = errors.isEmpty() ? "SUCCESS" : "UPSTREAM_FAILED";
                task.setAll((ObjectNode) oldStatus("TERMINATED", result));
                task.setAll((ObjectNode) status("TERMINATED", errors.isEmpty() ? "SUCCESS" : "RUN_EXECUTION_ERROR"));
            }
        }
        if (from + PAGE < tasks.size()) {
            response.put("next_page_token", Integer.toString(from + PAGE));
        }
        return response;
    }

    JsonNode output(long taskRun) {
        return FakeDatabricks.JSON.createObjectNode().put("error", errors.get(tasks.get((int) (taskRun - id - 1))));
    }
}
