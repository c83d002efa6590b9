package dev.ingot.options;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** The components of records by name and value. Java looks them up anew at every question; here it is once a class. */
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
     * @param value never null in a record that refuses nulls
     */
    public record Value(String name, Object value) {
        public Value {
            Objects.requireNonNull(name, "name");
        }
    }

    /** The components of a record, in the order in which it declares them. */
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
