package dev.ingot.deploy.databricks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ingot.deploy.Change.Difference;
import dev.ingot.deploy.databricks.Databricks.Options.PermissionsMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Compares and sets the permissions on a job. Does not change inherited permissions and the owner. */
final class Permissions {

    private static final String OWNER = "IS_OWNER";
    private static final List<String> PRINCIPAL_KEYS = List.of("user_name", "group_name", "service_principal_name");

    private final JobsApi api;
    private final Databricks.Options options;

    Permissions(JobsApi api, Databricks.Options options) {
        this.api = api;
        this.options = options;
    }

    /** Returns the differences, as "permissions.data-eng"; those granted outside Ingot only if they will be removed. */
    List<Difference> differences(long job, String name) {
        if (options.permissions().isEmpty() && !isReplacing()) {
            return List.of();
        }
        Map<String, String> current = levels(entries(job, name));
        Map<String, String> declared = new LinkedHashMap<>();
        declared()
                .forEach(entry -> declared.put(
                        principal(entry), entry.get("permission_level").toString()));
        List<Difference> differences = new ArrayList<>();
        declared.forEach((principal, level) -> {
            String before = current.getOrDefault(principal, "");
            if (!before.equals(level)) {
                differences.add(new Difference("permissions." + principal, before, level));
            }
        });
        if (isReplacing()) {
            current.forEach((principal, level) -> {
                if (!declared.containsKey(principal) && !level.equals(OWNER)) {
                    differences.add(new Difference("permissions." + principal, level, ""));
                }
            });
        }
        return differences;
    }

    void set(long job, String name) {
        String what = "set the permissions on the job '" + name + "'";
        if (isReplacing()) {
            Stream<Map<String, Object>> owner = entries(job, name).stream()
                    .filter(entry -> entry.get("permission_level").equals(OWNER));
            api.send(
                    "PUT",
                    path(job),
                    Map.of(
                            "access_control_list",
                            Stream.concat(owner, declared().stream()).toList()),
                    what);
        } else if (!options.permissions().isEmpty()) {
            api.send("PATCH", path(job), Map.of("access_control_list", declared()), what);
        }
    }

    private boolean isReplacing() {
        return options.permissionsMode() == PermissionsMode.REPLACE;
    }

    private List<Map<String, Object>> declared() {
        return options.permissions().stream()
                .map(permission -> permission.tree("permission_level"))
                .toList();
    }

    /** Returns the permissions granted on the job itself, as entries of a request. */
    private List<Map<String, Object>> entries(long job, String name) {
        ObjectNode response = api.get(path(job), Map.of(), "read the permissions on the job '" + name + "'");
        List<Map<String, Object>> entries = new ArrayList<>();
        for (JsonNode acl : response.path("access_control_list")) {
            for (JsonNode permission : acl.path("all_permissions")) {
                if (!permission.path("inherited").asBoolean()) {
                    Map<String, Object> entry = new LinkedHashMap<>();
                    PRINCIPAL_KEYS.stream()
                            .filter(acl::has)
                            .forEach(key -> entry.put(key, acl.path(key).asText()));
                    entry.put(
                            "permission_level",
                            permission.path("permission_level").asText());
                    entries.add(entry);
                }
            }
        }
        return entries;
    }

    private static Map<String, String> levels(List<Map<String, Object>> entries) {
        Map<String, String> levels = new LinkedHashMap<>();
        entries.forEach(entry ->
                levels.put(principal(entry), entry.get("permission_level").toString()));
        return levels;
    }

    private static String principal(Map<String, Object> entry) {
        return PRINCIPAL_KEYS.stream()
                .filter(entry::containsKey)
                .map(key -> entry.get(key).toString())
                .findFirst()
                .orElse("");
    }

    private static String path(long job) {
        return "/api/2.0/permissions/jobs/" + job;
    }
}
