package dev.ingot.options;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Reads the components of records. Caches the accessors of each class, because reflection looks them up every time. */
public final class RecordValues {

    private static final ClassValue<List<Method>> ACCESSORS = new ClassValue<>() {
        @Override
        protected List<Method> computeValue(Class<?> type) {
            List<Method> accessors = new ArrayList<>();
            for (RecordComponent component : type.getRecordComponents()) {
                component.getAccessor().setAccessible(true);
                accessors.add(component.getAccessor());
            }
            return List.copyOf(accessors);
        }
    };

    private RecordValues() {}

    /**
     * One component of a record.
     *
     * @param name as the record declares it
     * @param value never null in a record that rejects nulls
     */
    public record Value(String name, Object value) {
        public Value {
            Objects.requireNonNull(name, "name");
        }
    }

    /** Returns the components of a record, in the order of their declaration. */
    public static List<Value> of(Record owner) {
        List<Value> values = new ArrayList<>();
        for (Method accessor : ACCESSORS.get(owner.getClass())) {
            try {
                values.add(new Value(accessor.getName(), accessor.invoke(owner)));
            } catch (IllegalAccessException | InvocationTargetException impossible) {
                throw new IllegalStateException("cannot read " + accessor, impossible);
            }
        }
        return values;
    }
}
