package dev.ingot.deploy.databricks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ingot.deploy.Change.Difference;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Compares a job's declared settings with those in the workspace. Only declared fields are compared: Databricks adds
 * its own defaults, and people add notifications. Databricks omits some fields when they are 0 or false; in other
 * fields these are ordinary values. Lists of keyed objects are compared by key, regardless of their order.
 */
final class Drift {

    /** Fields that only Ingot sets: when they are not declared, they must be absent. */
    private static final List<String> OWNED_FIELDS =
            List.of("schedule", "trigger", "continuous", "job_clusters", "environments");

    /** Maps that may contain declared entries only. */
    private static final Set<String> EXACT_MAPS = Set.of("spark_conf");

    /** Fields that the API omits when they are 0 or false. */
    private static final Set<String> OMITTED_DEFAULTS =
            Set.of("timeout_seconds", "max_retries", "retry_on_timeout", "num_workers", "min_workers");

    private static final List<String> KEY_FIELDS =
            List.of("task_key", "job_cluster_key", "environment_key", "jar", "name");

    /** Synonyms: the API may return the newer name for the older. */
    private static final Map<String, String> ALIASES = Map.of(
            "DATA_SECURITY_MODE_DEDICATED", "SINGLE_USER",
            "DATA_SECURITY_MODE_STANDARD", "USER_ISOLATION");

    private final List<Difference> found = new ArrayList<>();

    private Drift() {}

    /**
     * Returns the differences, in the order of the declared fields.
     *
     * @param declared the tree of {@link JobSettings}
     * @param current the response of {@code jobs/get}, all pages merged
     */
    static List<Difference> between(JsonNode declared, JsonNode current) {
        Drift drift = new Drift();
        JsonNode settings = current.path("settings");
        declared.fields().forEachRemaining(field -> {
            if (field.getKey().equals("run_as")) {
                drift.compareText("run_as", principal(current), text(first(field.getValue())));
            } else {
                drift.compare(field.getKey(), field.getKey(), field.getValue(), settings.path(field.getKey()));
            }
        });
        OWNED_FIELDS.stream()
                .filter(name -> !declared.has(name))
                .forEach(name -> drift.compareText(name, text(settings.path(name)), ""));
        return List.copyOf(drift.found);
    }

    private void compare(String path, String name, JsonNode declared, JsonNode current) {
        if (declared.isObject()) {
            declared.fields()
                    .forEachRemaining(field -> compare(
                            path + "." + field.getKey(),
                            field.getKey(),
                            field.getValue(),
                            current.path(field.getKey())));
            if (EXACT_MAPS.contains(name)) {
                current.fields().forEachRemaining(field -> {
                    if (!declared.has(field.getKey())) {
                        compareText(path + "." + field.getKey(), text(field.getValue()), "");
                    }
                });
            }
        } else if (declared.isArray() && declared.path(0).isObject()) {
            Map<String, JsonNode> before = byKey(current);
            Map<String, JsonNode> after = byKey(declared);
            after.forEach((key, item) -> {
                if (before.containsKey(key)) {
                    compare(path + "." + key, "", item, before.get(key));
                } else {
                    compareText(path + "." + key, "", text(item));
                }
            });
            before.forEach((key, item) -> {
                if (!after.containsKey(key)) {
                    compareText(path + "." + key, text(item), "");
                }
            });
        } else {
            compareText(path, text(name, current), text(name, declared));
        }
    }

    private void compareText(String path, String before, String after) {
        if (!before.equals(after)) {
            found.add(new Difference(path, before, after));
        }
    }

    private static Map<String, JsonNode> byKey(JsonNode list) {
        Map<String, JsonNode> byKey = new LinkedHashMap<>();
        list.forEach(item -> byKey.put(
                KEY_FIELDS.stream()
                        .filter(item::has)
                        .findFirst()
                        .map(key -> item.get(key).asText())
                        .orElse(item.toString()),
                item));
        return byKey;
    }

    /**
     * Returns the identity that the job runs as. The API returns it in the settings or beside them, under varying keys.
     */
    private static String principal(JsonNode current) {
        JsonNode runAs = current.path("settings").path("run_as");
        return text(runAs.isObject() ? first(runAs) : current.path("run_as_user_name"));
    }

    private static JsonNode first(JsonNode object) {
        Iterator<JsonNode> values = object.elements();
        return values.hasNext() ? values.next() : object;
    }

    /** Returns the value of a field as text; empty when it is absent or an omitted default. */
    private static String text(String name, JsonNode value) {
        String text = text(value);
        return OMITTED_DEFAULTS.contains(name) && (text.equals("0") || text.equals("false")) ? "" : text;
    }

    private static String text(JsonNode value) {
        if (value.isContainerNode()) {
            return value.isEmpty() ? "" : value.toString();
        }
        String text = value.isNull() ? "" : value.asText();
        return ALIASES.getOrDefault(text, text);
    }

    /** Returns the settings that replace the current ones: the declared fields, and all others unchanged. */
    static ObjectNode merged(ObjectNode declared, JsonNode current) {
        ObjectNode merged = declared.deepCopy();
        current.path("settings").fields().forEachRemaining(field -> {
            if (!declared.has(field.getKey()) && !OWNED_FIELDS.contains(field.getKey())) {
                merged.set(field.getKey(), field.getValue());
            }
        });
        ObjectNode tags = merged.withObject("/tags");
        current.path("settings").path("tags").fields().forEachRemaining(tag -> {
            if (!tags.has(tag.getKey())) {
                tags.set(tag.getKey(), tag.getValue());
            }
        });
        return merged;
    }
}
