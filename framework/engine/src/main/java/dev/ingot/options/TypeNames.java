package dev.ingot.options;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Names Java types in messages to users who write YAML. */
final class TypeNames {

    private TypeNames() {}

    /** Describes the accepted values of a type: "a whole number". */
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
            return "a count such as 10 or a percentage such as 1%";
        }
        if (raw == Duration.class) {
            return "a duration such as 7 days or 12 hours";
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
        return raw.isEnum() ? "one of " + String.join(", ", constantNames(raw)) : "text";
    }

    /** Describes the accepted values of a type; for a number that is too large, its limit. */
    static String expected(Class<?> raw, String text) {
        if (text.matches("[+-]?[0-9]+") && (isInt(raw) || isLong(raw))) {
            return "a number up to " + (isInt(raw) ? Integer.MAX_VALUE : Long.MAX_VALUE);
        }
        return expected(raw);
    }

    /** Returns the constants of an enum as written in YAML. */
    static List<String> constantNames(Class<?> type) {
        return Arrays.stream(type.getEnumConstants())
                .map(TypeNames::constantName)
                .toList();
    }

    static String constantName(Object constant) {
        return ((Enum<?>) constant).name().toLowerCase(Locale.ROOT);
    }

    static boolean isInt(Class<?> raw) {
        return raw == int.class || raw == Integer.class;
    }

    static boolean isLong(Class<?> raw) {
        return raw == long.class || raw == Long.class;
    }
}
