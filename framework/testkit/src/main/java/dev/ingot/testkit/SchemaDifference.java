package dev.ingot.testkit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * How a schema differs from the one expected: columns, their types and their order. Whether a column may be null does
 * not count, since Spark forgets it whenever rows go through a file.
 */
final class SchemaDifference {

    private SchemaDifference() {}

    /** The lines of a message; none if the schemas are the same. */
    static List<String> between(StructType expected, StructType actual) {
        Map<String, String> wanted = types(expected);
        Map<String, String> found = types(actual);
        List<String> lines = new ArrayList<>();
        wanted.forEach((name, type) -> {
            if (!found.containsKey(name)) {
                lines.add("missing column: " + name + " " + type);
            } else if (!found.get(name).equals(type)) {
                lines.add("type of column " + name + ": expected " + type + " but was " + found.get(name));
            }
        });
        found.forEach((name, type) -> {
            if (!wanted.containsKey(name)) {
                lines.add("unexpected column: " + name + " " + type);
            }
        });
        if (lines.isEmpty() && !Arrays.equals(expected.fieldNames(), actual.fieldNames())) {
            lines.add("order of columns: expected " + Arrays.toString(expected.fieldNames()) + " but was "
                    + Arrays.toString(actual.fieldNames()));
        }
        return lines;
    }

    private static Map<String, String> types(StructType schema) {
        Map<String, String> types = new LinkedHashMap<>();
        for (StructField field : schema.fields()) {
            types.put(field.name(), field.dataType().catalogString());
        }
        return types;
    }
}
