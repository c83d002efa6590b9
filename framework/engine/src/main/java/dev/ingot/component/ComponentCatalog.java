package dev.ingot.component;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Finds the components on the class path through the indexes that the annotation processor wrote. */
public final class ComponentCatalog {

    /** The resource to which the annotation processor writes the index of a jar. */
    public static final String INDEX = "META-INF/ingot/components.properties";

    private final Map<ComponentKind, Map<String, ComponentEntry>> entries = new EnumMap<>(ComponentKind.class);

    private ComponentCatalog() {
        for (ComponentKind kind : ComponentKind.values()) {
            entries.put(kind, new TreeMap<>());
        }
    }

    /**
     * Loads the components that the current thread can see. Ingot may be among Spark's own jars, and the user's components in
     * a jar that was added to the job, which only the thread's context class loader knows.
     */
    public static ComponentCatalog load() {
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        return load(context == null ? ComponentCatalog.class.getClassLoader() : context);
    }

    /** Loads the components that are visible to a class loader. */
    public static ComponentCatalog load(ClassLoader loader) {
        ComponentCatalog catalog = new ComponentCatalog();
        try {
            for (URL url : Collections.list(loader.getResources(INDEX))) {
                Properties index = new Properties();
                try (InputStream in = url.openStream()) {
                    index.load(in);
                }
                catalog.add(index, loader);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException("Cannot read the index of components", failure);
        }
        return catalog;
    }

    public Optional<ComponentEntry> find(ComponentKind kind, String name) {
        return Optional.ofNullable(entries.get(kind).get(name));
    }

    /** Returns the components of a kind, sorted by name. */
    public Collection<ComponentEntry> all(ComponentKind kind) {
        return Collections.unmodifiableCollection(entries.get(kind).values());
    }

    /** Returns the sorted names of a kind's components. */
    public List<String> names(ComponentKind kind) {
        return new ArrayList<>(entries.get(kind).keySet());
    }

    private void add(Properties index, ClassLoader loader) {
        index.stringPropertyNames().stream()
                .filter(key -> key.endsWith(".class"))
                .map(key -> key.substring(0, key.length() - ".class".length()))
                .forEach(key -> add(key, index, loader));
    }

    private void add(String key, Properties index, ClassLoader loader) {
        int dot = key.indexOf('.');
        ComponentKind kind = ComponentKind.valueOf(key.substring(0, dot));
        String name = key.substring(dot + 1);
        String className = index.getProperty(key + ".class");
        Set<Trait> traits = Arrays.stream(index.getProperty(key + ".traits").split(","))
                .filter(trait -> !trait.isEmpty())
                .map(Trait::valueOf)
                .collect(Collectors.toSet());
        ComponentEntry entry = new ComponentEntry(
                kind,
                name,
                className,
                options(className + "$Options", loader),
                index.getProperty(key + ".summary"),
                index.getProperty(key + ".example"),
                traits);
        ComponentEntry other = entries.get(kind).put(name, entry);
        if (other != null && !other.className().equals(className)) {
            throw new IllegalStateException("Cannot register " + entry.title() + " twice: both " + other.className()
                    + " and " + className + " define it");
        }
    }

    private static Class<? extends Record> options(String name, ClassLoader loader) {
        try {
            return Class.forName(name, false, loader).asSubclass(Record.class);
        } catch (ClassNotFoundException failure) {
            throw new IllegalStateException(
                    "Cannot load " + name + ": the index names it, but the class does not exist", failure);
        }
    }
}
