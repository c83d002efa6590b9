package dev.ingot.deploy.synapse;

import java.util.LinkedHashMap;
import java.util.Map;

/** Trees of JSON in the order in which they are written down. */
final class JsonTree {

    private JsonTree() {}

    /** An object of names and values, one after the other. */
    static Map<String, Object> of(Object... namesAndValues) {
        Map<String, Object> tree = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            tree.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return tree;
    }

    /** A reference to another artifact. */
    static Map<String, Object> reference(String name, String type) {
        return of("referenceName", name, "type", type);
    }
}
