package dev.ingot.component;

import java.util.Objects;
import java.util.Set;

/**
 * An entry of the component index.
 *
 * @param className the component's class, loaded only when it is used
 */
public record ComponentEntry(
        ComponentKind kind,
        String name,
        String className,
        Class<? extends Record> options,
        String summary,
        String example,
        Set<Trait> traits) {

    public ComponentEntry {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(className, "className");
        Objects.requireNonNull(options, "options");
        traits = Set.copyOf(traits);
    }

    public boolean has(Trait trait) {
        return traits.contains(trait);
    }

    /** Returns the component's name in messages: "transformation 'filter'". */
    public String title() {
        return kind.word() + " '" + name + "'";
    }

    /** Instantiates the component. Only this loads its class, and with it Spark. */
    public <C> C instantiate(Class<C> type) {
        try {
            Class<?> loaded = Class.forName(className, true, options.getClassLoader());
            return type.cast(loaded.getDeclaredConstructor().newInstance());
        } catch (ReflectiveOperationException failure) {
            throw new IllegalStateException("Cannot instantiate " + className, failure);
        }
    }
}
