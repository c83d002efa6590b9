package dev.ingot.deploy.livy;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A request to start a batch.
 *
 * @param name identifies the batch; no other batch may have it, not even with a hyphen and a number appended
 * @param file the URI of the jar
 * @param size the size of driver and executors; empty means the server's default
 * @param tags names and values that Synapse shows; empty for Livy itself, which rejects them
 */
public record LivyBatchRequest(
        String name,
        String file,
        String className,
        List<String> args,
        Map<String, String> conf,
        Optional<Size> size,
        Map<String, String> tags) {

    /**
     * The size of driver and executors.
     *
     * @param driverMemory in Spark's syntax, such as 28g
     * @param executors the number of executors
     */
    public record Size(String driverMemory, int driverCores, String executorMemory, int executorCores, int executors) {

        public Size {
            Objects.requireNonNull(driverMemory, "driverMemory");
            Objects.requireNonNull(executorMemory, "executorMemory");
        }
    }

    public LivyBatchRequest {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(file, "file");
        Objects.requireNonNull(className, "className");
        args = List.copyOf(args);
        conf = Collections.unmodifiableMap(new TreeMap<>(conf));
        Objects.requireNonNull(size, "size");
        tags = Collections.unmodifiableMap(new TreeMap<>(tags));
    }

    /** Returns the request for an attempt: the first has the plain name, later ones have the number appended. */
    LivyBatchRequest attempt(int number) {
        return new LivyBatchRequest(number == 1 ? name : name + "-" + number, file, className, args, conf, size, tags);
    }

    /** Returns the number of the attempt with a batch name; 0 when the name belongs to another batch. */
    int attemptOf(String batchName) {
        String suffix = batchName.startsWith(name) ? batchName.substring(name.length()) : "";
        return batchName.equals(name)
                ? 1
                : suffix.matches("-[1-9]\\d{0,5}") ? Integer.parseInt(suffix.substring(1)) : 0;
    }

    /** Returns the request body. */
    Map<String, Object> tree() {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("name", name);
        tree.put("file", file);
        tree.put("className", className);
        tree.put("args", args);
        tree.put("conf", conf);
        size.ifPresent(each -> {
            tree.put("driverMemory", each.driverMemory());
            tree.put("driverCores", each.driverCores());
            tree.put("executorMemory", each.executorMemory());
            tree.put("executorCores", each.executorCores());
            tree.put("numExecutors", each.executors());
        });
        if (!tags.isEmpty()) {
            tree.put("tags", tags);
        }
        return tree;
    }
}
