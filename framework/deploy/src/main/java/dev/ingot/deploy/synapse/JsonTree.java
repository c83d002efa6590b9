package dev.ingot.deploy.synapse;

import java.util.LinkedHashMap;
import java.util.Map;

/** Builds JSON trees that keep the order of their fields. */
final class JsonTree {

    private JsonTree() {}

    /** Returns an object from alternating names and values. */
    static Map<String, Object> of(Object... namesAndValues) {
        Map<String, Object> tree = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            tree.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return tree;
    }

    /** Returns a reference to another artifact. */
    static Map<String, Object> reference(String name, String type) {
        return of("referenceName", name, "type", type);
    }
}
