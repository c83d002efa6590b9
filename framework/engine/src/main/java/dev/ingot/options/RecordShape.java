package dev.ingot.options;

import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Describes an options record: its options in order, and its constructor. Computed once per record. */
public final class RecordShape {

    private static final Map<Class<?>, RecordShape> SHAPES = new ConcurrentHashMap<>();

    private final List<Field> fields;
    private final Constructor<?> constructor;

    /**
     * One option of a record.
     *
     * @param name as written in YAML
     * @param type the Java type of its value
     */
    public record Field(String name, Type type, Option option) {

        public Field {
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(type, "type");
            Objects.requireNonNull(option, "option");
        }

        /** Returns whether a user may leave the option out. */
        public boolean optional() {
            return !option.defaultValue().isEmpty()
                    || (ValueReader.emptyValue(type).isPresent() && !option.required());
        }
    }

    private RecordShape(Class<?> type) {
        RecordComponent[] components = Objects.requireNonNull(type.getRecordComponents(), "not a record: " + type);
        fields = Arrays.stream(components).map(RecordShape::field).toList();
        Class<?>[] types =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        try {
            constructor = type.getDeclaredConstructor(types);
            constructor.setAccessible(true);
        } catch (NoSuchMethodException impossible) {
            throw new IllegalStateException("a record without its constructor: " + type, impossible);
        }
    }

    /** Returns the shape of an options record; every component of it must have {@link Option}. */
    public static RecordShape of(Class<?> type) {
        return SHAPES.computeIfAbsent(type, RecordShape::new);
    }

    public List<Field> fields() {
        return fields;
    }

    /** Returns the option whose value may replace the whole mapping. */
    public Optional<Field> inline() {
        return fields.stream().filter(field -> field.option().inline()).findFirst();
    }

    /** Returns whether the only option is a map, which then replaces the whole mapping: {@code cast: {delay: int}}. */
    public boolean isOneMap() {
        return fields.size() == 1
                && inline().isPresent()
                && ValueReader.isMap(fields.get(0).type());
    }

    Constructor<?> constructor() {
        return constructor;
    }

    private static Field field(RecordComponent component) {
        Option option = component.getAnnotation(Option.class);
        if (option == null) {
            throw new IllegalStateException(
                    component.getDeclaringRecord() + " has no @Option on " + component.getName());
        }
        return new Field(snakeCase(component.getName()), component.getGenericType(), option);
    }

    /** Converts {@code sequenceBy} to {@code sequence_by}; drops a last underscore, which avoids a Java keyword. */
    static String snakeCase(String camelCase) {
        return camelCase.replaceAll("([A-Z])", "_$1").replaceAll("_$", "").toLowerCase(Locale.ROOT);
    }
}
