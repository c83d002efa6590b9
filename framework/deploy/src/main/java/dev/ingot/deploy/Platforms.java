package dev.ingot.deploy;

import java.util.Collections;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;

/** Loads the available platforms, by name. */
public final class Platforms {

    private static final Map<String, Platform<?>> ALL = all();

    private Platforms() {}

    public static Map<String, Platform<?>> byName() {
        return ALL;
    }

    private static Map<String, Platform<?>> all() {
        Map<String, Platform<?>> all = new TreeMap<>();
        ServiceLoader.load(Platform.class, Platforms.class.getClassLoader())
                .forEach(platform -> all.put(platform.name(), platform));
        return Collections.unmodifiableMap(all);
    }
}
