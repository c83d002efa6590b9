package dev.ingot.options;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Collects the values of one type from an options record, at any depth. */
public final class OptionValues {

    private OptionValues() {}

    /** Returns the values of a type in a record, in the order in which the record declares them. */
    public static <T> List<T> of(Record options, Class<T> type) {
        List<T> found = new ArrayList<>();
        collect(options, type, found);
        return List.copyOf(found);
    }

    private static <T> void collect(Object value, Class<T> type, List<T> found) {
        if (type.isInstance(value)) {
            found.add(type.cast(value));
        } else if (value instanceof Optional<?> optional) {
            optional.ifPresent(inner -> collect(inner, type, found));
        } else if (value instanceof Collection<?> collection) {
            collection.forEach(inner -> collect(inner, type, found));
        } else if (value instanceof Map<?, ?> map) {
            map.values().forEach(inner -> collect(inner, type, found));
        } else if (value instanceof Record nested) {
            RecordValues.of(nested).forEach(inner -> collect(inner.value(), type, found));
        }
    }
}
