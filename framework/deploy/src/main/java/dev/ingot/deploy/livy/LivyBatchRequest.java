package dev.ingot.deploy.livy;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A batch to be started.
 *
 * @param name what the batch is found again by; no other has it, nor with a hyphen and a number after it
 * @param file the address of the jar
 * @param size how large driver and executors are; empty leaves it to the server
 * @param tags names and values that Synapse shows; empty for Livy itself, which refuses them
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
     * How large driver and executors are.
     *
     * @param driverMemory as Spark writes it, such as 28g
     * @param executors their number
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

    /** The same batch once more: the first attempt has the name itself, a later one its number after it. */
    LivyBatchRequest attempt(int number) {
        return new LivyBatchRequest(number == 1 ? name : name + "-" + number, file, className, args, conf, size, tags);
    }

    /** Which attempt has a name; 0 when it is another batch's. */
    int attemptOf(String other) {
        String rest = other.startsWith(name) ? other.substring(name.length()) : "";
        return other.equals(name) ? 1 : rest.matches("-[1-9]\\d{0,5}") ? Integer.parseInt(rest.substring(1)) : 0;
    }

    /** The request's body. */
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
