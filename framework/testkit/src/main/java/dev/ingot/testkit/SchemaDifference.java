package dev.ingot.testkit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Compares schemas: columns, their types and their order. Nullability is ignored, because Spark loses it when rows are
 * written to a file.
 */
final class SchemaDifference {

    private SchemaDifference() {}

    /** Returns the lines of a message; none if the schemas are equal. */
    static List<String> between(StructType expected, StructType actual) {
        Map<String, String> expectedTypes = types(expected);
        Map<String, String> actualTypes = types(actual);
        List<String> lines = new ArrayList<>();
        expectedTypes.forEach((name, type) -> {
            if (!actualTypes.containsKey(name)) {
                lines.add("missing column: " + name + " " + type);
            } else if (!actualTypes.get(name).equals(type)) {
                lines.add("type of column " + name + ": expected " + type + " but was " + actualTypes.get(name));
            }
        });
        actualTypes.forEach((name, type) -> {
            if (!expectedTypes.containsKey(name)) {
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
