package dev.ingot.cli;

import java.sql.Timestamp;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.MapType;

/** Converts values of Spark rows into cells of a printed table: numbers stay numbers, everything else becomes text. */
final class CellValues {

    private CellValues() {}

    static Map<String, Object> of(Row row) {
        Map<String, Object> cells = new LinkedHashMap<>();
        String[] names = row.schema().fieldNames();
        for (int i = 0; i < names.length; i++) {
            cells.put(names[i], row.isNullAt(i) ? null : cell(row, i));
        }
        return cells;
    }

    private static Object cell(Row row, int index) {
        DataType type = row.schema().apply(index).dataType();
        if (type instanceof ArrayType) {
            return row.getList(index).toString();
        }
        if (type instanceof MapType) {
            return row.getJavaMap(index).toString();
        }
        return value(row.get(index));
    }

    /** Converts a single value, which may be null. */
    static Object value(Object value) {
        if (value instanceof Row nested) {
            return nested.json();
        }
        if (value instanceof Timestamp timestamp) {
            return timestamp.toInstant().toString();
        }
        return value == null || value instanceof Number || value instanceof Boolean ? value : value.toString();
    }

    /** Returns the operation metrics of a commit that count rows or files, without those that are 0, as one line. */
    static String metricsText(Map<String, String> metrics) {
        return new TreeMap<>(metrics)
                .entrySet().stream()
                        .filter(metric ->
                                metric.getKey().matches("num(Output|TargetRows|Source).*|num(Added|Removed)Files"))
                        .filter(metric -> !metric.getValue().equals("0"))
                        .map(metric -> metric.getKey() + "=" + metric.getValue())
                        .collect(Collectors.joining(" "));
    }
}
