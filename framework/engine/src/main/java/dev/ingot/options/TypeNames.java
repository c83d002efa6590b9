package dev.ingot.options;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What a single value of a Java type is in the words of somebody who writes YAML. */
final class TypeNames {

    private TypeNames() {}

    /** What must be written for a type: "a whole number". */
    static String expected(Class<?> raw) {
        if (raw == boolean.class || raw == Boolean.class) {
            return "true or false";
        }
        if (isInt(raw) || isLong(raw)) {
            return "a whole number";
        }
        if (raw == double.class || raw == Double.class) {
            return "a number";
        }
        if (raw == TableName.class) {
            return "a table written layer.table";
        }
        if (raw == Threshold.class) {
            return "a count such as 10 or a share such as 1%";
        }
        if (raw == Duration.class) {
            return "a length of time such as 7 days or 12 hours";
        }
        if (raw == Expression.class) {
            return "an expression";
        }
        if (raw == Query.class) {
            return "a query";
        }
        if (raw == ColumnName.class) {
            return "the name of a column";
        }
        if (raw == SourceName.class) {
            return "the alias of a source";
        }
        if (raw == SqlFile.class) {
            return "the name of a file";
        }
        return raw.isEnum() ? "one of " + String.join(", ", words(raw)) : "text";
    }

    /** What must be written instead of a text that looks right but does not fit: a number that is too large. */
    static String expected(Class<?> raw, String text) {
        if (text.matches("[+-]?[0-9]+") && (isInt(raw) || isLong(raw))) {
            return "a number up to " + (isInt(raw) ? Integer.MAX_VALUE : Long.MAX_VALUE);
        }
        return expected(raw);
    }

    /** The constants of an enum as they are written. */
    static List<String> words(Class<?> type) {
        return Arrays.stream(type.getEnumConstants()).map(TypeNames::word).toList();
    }

    static String word(Object constant) {
        return ((Enum<?>) constant).name().toLowerCase(Locale.ROOT);
    }

    static boolean isInt(Class<?> raw) {
        return raw == int.class || raw == Integer.class;
    }

    static boolean isLong(Class<?> raw) {
        return raw == long.class || raw == Long.class;
    }
}
