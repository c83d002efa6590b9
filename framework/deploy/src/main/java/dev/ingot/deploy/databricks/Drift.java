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
 * What differs between a job's settings as declared and as they are there. Only what Ingot says is compared: Databricks adds
 * presets of its own, and people add notifications. Some fields it leaves out where they are 0 or off; in others those are
 * values as any. Lists of things with a key are compared by key, in whatever order they come.
 */
final class Drift {

    /** What only Ingot decides, whether it says something of it or not. */
    private static final List<String> OWNED =
            List.of("schedule", "trigger", "continuous", "job_clusters", "environments");

    /** What has no entries but those declared. */
    private static final Set<String> CLOSED = Set.of("spark_conf");

    /** What is not told there while it is 0 or off. */
    private static final Set<String> OMITTED =
            Set.of("timeout_seconds", "max_retries", "retry_on_timeout", "num_workers", "min_workers");

    private static final List<String> KEYS = List.of("task_key", "job_cluster_key", "environment_key", "jar", "name");

    /** Words of one meaning: the one that is read back may be the other. */
    private static final Map<String, String> ALIASES = Map.of(
            "DATA_SECURITY_MODE_DEDICATED", "SINGLE_USER",
            "DATA_SECURITY_MODE_STANDARD", "USER_ISOLATION");

    private final List<Difference> found = new ArrayList<>();

    private Drift() {}

    /**
     * The differences, in the order of what is declared.
     *
     * @param declared what {@link JobSettings} says
     * @param there the answer of {@code jobs/get}, all pages of it
     */
    static List<Difference> between(JsonNode declared, JsonNode there) {
        Drift drift = new Drift();
        JsonNode settings = there.path("settings");
        declared.fields().forEachRemaining(field -> {
            if (field.getKey().equals("run_as")) {
                drift.scalar("run_as", principal(there), text(first(field.getValue())));
            } else {
                drift.compare(field.getKey(), field.getKey(), field.getValue(), settings.path(field.getKey()));
            }
        });
        OWNED.stream()
                .filter(name -> !declared.has(name))
                .forEach(name -> drift.scalar(name, text(settings.path(name)), ""));
        return List.copyOf(drift.found);
    }

    private void compare(String path, String name, JsonNode declared, JsonNode there) {
        if (declared.isObject()) {
            declared.fields()
                    .forEachRemaining(field -> compare(
                            path + "." + field.getKey(), field.getKey(), field.getValue(), there.path(field.getKey())));
            if (CLOSED.contains(name)) {
                there.fields().forEachRemaining(field -> {
                    if (!declared.has(field.getKey())) {
                        scalar(path + "." + field.getKey(), text(field.getValue()), "");
                    }
                });
            }
        } else if (declared.isArray() && declared.path(0).isObject()) {
            Map<String, JsonNode> before = byKey(there);
            Map<String, JsonNode> after = byKey(declared);
            after.forEach((key, item) -> {
                if (before.containsKey(key)) {
                    compare(path + "." + key, "", item, before.get(key));
                } else {
                    scalar(path + "." + key, "", text(item));
                }
            });
            before.forEach((key, item) -> {
                if (!after.containsKey(key)) {
                    scalar(path + "." + key, text(item), "");
                }
            });
        } else {
            scalar(path, text(name, there), text(name, declared));
        }
    }

    private void scalar(String path, String before, String after) {
        if (!before.equals(after)) {
            found.add(new Difference(path, before, after));
        }
    }

    private static Map<String, JsonNode> byKey(JsonNode list) {
        Map<String, JsonNode> byKey = new LinkedHashMap<>();
        list.forEach(item -> byKey.put(
                KEYS.stream()
                        .filter(item::has)
                        .findFirst()
                        .map(key -> item.get(key).asText())
                        .orElse(item.toString()),
                item));
        return byKey;
    }

    /** Whoever the job runs as: it is read back among the settings, or beside them under another name, or as another kind. */
    private static String principal(JsonNode there) {
        JsonNode runAs = there.path("settings").path("run_as");
        return text(runAs.isObject() ? first(runAs) : there.path("run_as_user_name"));
    }

    private static JsonNode first(JsonNode object) {
        Iterator<JsonNode> values = object.elements();
        return values.hasNext() ? values.next() : object;
    }

    /** The value of a field in words; empty for what it says nothing of. */
    private static String text(String name, JsonNode value) {
        String text = text(value);
        return OMITTED.contains(name) && (text.equals("0") || text.equals("false")) ? "" : text;
    }

    private static String text(JsonNode value) {
        if (value.isContainerNode()) {
            return value.isEmpty() ? "" : value.toString();
        }
        String text = value.isNull() ? "" : value.asText();
        return ALIASES.getOrDefault(text, text);
    }

    /** The settings to be put in the place of those there: as declared, and what Ingot says nothing of as it is. */
    static ObjectNode merged(ObjectNode declared, JsonNode there) {
        ObjectNode merged = declared.deepCopy();
        there.path("settings").fields().forEachRemaining(field -> {
            if (!declared.has(field.getKey()) && !OWNED.contains(field.getKey())) {
                merged.set(field.getKey(), field.getValue());
            }
        });
        ObjectNode tags = merged.withObject("/tags");
        there.path("settings").path("tags").fields().forEachRemaining(tag -> {
            if (!tags.has(tag.getKey())) {
                tags.set(tag.getKey(), tag.getValue());
            }
        });
        return merged;
    }
}
